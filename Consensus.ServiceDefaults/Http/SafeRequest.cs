namespace Consensus.ServiceDefaults.Http;

/// <summary>Requests that change nothing.</summary>
internal static class SafeRequest
{
    public static bool Is(HttpRequestMessage? request) =>
        request is not null && (request.Method == HttpMethod.Get || request.Method == HttpMethod.Head || request.Method == HttpMethod.Options);
}

namespace Consensus.ApiService.Http;

/// <summary>Where callers with keys come in: the API of this system, and the protocols of others that it speaks.</summary>
internal static class ApiPaths
{
    public const string Own = "/v1";

    /// <summary>Below it everything, errors included, has OpenAI's shape.</summary>
    public const string OpenAi = "/openai";

    /// <summary>Whether a request is one that is logged and whose response nobody may keep.</summary>
    public static bool IsCall(HttpRequest request) =>
        request.Path.StartsWithSegments(Own, StringComparison.OrdinalIgnoreCase) || IsOpenAi(request);

    public static bool IsOpenAi(HttpRequest request) => request.Path.StartsWithSegments(OpenAi, StringComparison.OrdinalIgnoreCase);
}

using Consensus.ApiService.Versioning;

namespace Consensus.ApiService.Http;

/// <summary>Where callers with keys come in: the API of this system, and the protocols of others that it speaks.</summary>
internal static class ApiPaths
{
    public const string Own = "/v1";

    /// <summary>Below it everything, errors included, has OpenAI's shape.</summary>
    public const string OpenAi = "/openai";

    /// <summary>Where the Model Context Protocol is spoken.</summary>
    public const string Mcp = "/mcp";

    /// <summary>The word for this system's own API.</summary>
    public const string OwnProtocol = "consensus";

    /// <summary>The word for OpenAI's.</summary>
    public const string OpenAiProtocol = "openai";

    /// <summary>The word for the Model Context Protocol.</summary>
    public const string McpProtocol = "mcp";

    /// <summary>The protocol that is spoken at a path: one of the words above, whatever the path.</summary>
    public static string ProtocolOf(string path) =>
        path.StartsWith(OpenAi, StringComparison.OrdinalIgnoreCase) ? OpenAiProtocol
        : path.StartsWith(Mcp, StringComparison.OrdinalIgnoreCase) ? McpProtocol
        : OwnProtocol;

    /// <summary>
    /// Whether a request is one that is counted and logged, and whose response nobody may keep: also for a version that is not here, since it may be tomorrow.
    /// </summary>
    public static bool IsCall(HttpRequest request) => PathVersion.Of(request.Path) is not null || IsOpenAi(request) || IsMcp(request);

    public static bool IsOpenAi(HttpRequest request) => request.Path.StartsWithSegments(OpenAi, StringComparison.OrdinalIgnoreCase);

    public static bool IsMcp(HttpRequest request) => request.Path.StartsWithSegments(Mcp, StringComparison.OrdinalIgnoreCase);
}

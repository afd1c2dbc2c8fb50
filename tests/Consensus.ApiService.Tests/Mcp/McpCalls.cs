using System.Text.Json;
using System.Text.Json.Nodes;
using Consensus.ApiService.Tests.Hosting;
using Consensus.ApiService.Tests.OpenAi;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace Consensus.ApiService.Tests.Mcp;

/// <summary>The official library for .NET, and what its answers hold.</summary>
internal static class McpCalls
{
    private static CancellationToken Over => TestContext.Current.CancellationToken;

    public static Task<McpClient> ConnectAsync(ApiApp app, string key, string? revision = null) => McpClient.CreateAsync(
        new HttpClientTransport(new HttpClientTransportOptions
        {
            Endpoint = new Uri(app.Address, "mcp"),
            TransportMode = HttpTransportMode.StreamableHttp,
            AdditionalHeaders = new Dictionary<string, string> { ["Authorization"] = $"Bearer {OpenAiRig.Key(key)}" },
        }),
        new McpClientOptions { ProtocolVersion = revision },
        cancellationToken: Over);

    /// <summary>The code of the error that a call came to; <c>null</c> where it came to none.</summary>
    public static async Task<string?> CodeAsync(McpClient client, string tool, string arguments)
    {
        var result = await client.CallToolAsync(tool, Arguments(arguments), cancellationToken: Over);
        var structure = Structure(result);
        Assert.Equal(structure["error"] is not null, result.IsError is true);
        return (string?)structure["error"]?["code"];
    }

    public static Dictionary<string, object?> Arguments(string json) => JsonElement.Parse(json).EnumerateObject().ToDictionary(m => m.Name, m => (object?)m.Value);

    public static JsonNode Structure(CallToolResult result) => JsonNode.Parse(result.StructuredContent!.Value.GetRawText())!;

    public static string Text(CallToolResult result) => Assert.IsType<TextContentBlock>(Assert.Single(result.Content)).Text;
}

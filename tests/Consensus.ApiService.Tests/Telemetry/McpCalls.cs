using System.Text;
using Consensus.ApiService.Tests.Hosting;

namespace Consensus.ApiService.Tests.Telemetry;

/// <summary>A session of the Model Context Protocol in which tools are called, byte for byte.</summary>
internal sealed class McpCalls : IDisposable
{
    private const string Initialize =
        """{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-06-18","capabilities":{},"clientInfo":{"name":"t","version":"1"}}}""";

    private readonly HttpClient _http;
    private readonly string _session;

    private McpCalls(HttpClient http, string session) => (_http, _session) = (http, session);

    public static async Task<McpCalls> BeginAsync(ApiApp app, string? key = null)
    {
        var http = app.Client(key);
        using var begun = await PostAsync(http, Initialize, null);
        return new McpCalls(http, begun.Headers.GetValues("Mcp-Session-Id").Single());
    }

    /// <summary>Calls a tool. Both texts stand in the message as they are.</summary>
    public async Task<string> CallAsync(string tool, string arguments)
    {
        using var response = await PostAsync(_http, $$$$"""{"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"{{{{tool}}}}","arguments":{{{{arguments}}}} }}""", _session);
        return await response.Content.ReadAsStringAsync();
    }

    public void Dispose() => _http.Dispose();

    private static Task<HttpResponseMessage> PostAsync(HttpClient http, string message, string? session)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/mcp") { Content = new StringContent(message, Encoding.UTF8, "application/json") };
        request.Headers.TryAddWithoutValidation("Accept", "application/json, text/event-stream");
        if (session is not null)
        {
            request.Headers.Add("Mcp-Session-Id", session);
        }

        return http.SendAsync(request);
    }
}

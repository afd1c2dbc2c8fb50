using System.Net;
using System.Text;
using Consensus.ApiService.Hosting;
using Consensus.ApiService.Tests.Hosting;
using Consensus.ApiService.Tests.OpenAi;
using Consensus.Contracts.Errors;
using Microsoft.Extensions.DependencyInjection;

namespace Consensus.ApiService.Tests.Mcp;

/// <summary>What happens around the tools: who is let in, from where, with how much.</summary>
public sealed class McpHttpTests(OpenAiRig rig) : IClassFixture<OpenAiRig>
{
    private const string Initialize =
        """{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-06-18","capabilities":{},"clientInfo":{"name":"t","version":"1"}}}""";

    private static string Ask(string prompt) =>
        $$$$"""{"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"ask_consensus","arguments":{"prompt":"{{{{prompt}}}}"}}}""";

    [Fact]
    public async Task WhoMayNotIsToldInProblemDetails()
    {
        using var nobody = await SendAsync(rig.App, null, Initialize);
        await nobody.ProblemAsync(ErrorCatalog.Unauthorized);
        Assert.Equal("Bearer", nobody.Headers.WwwAuthenticate.Single().Scheme);
        using var worker = await SendAsync(rig.App, "worker", Initialize);
        await worker.ProblemAsync(ErrorCatalog.Forbidden);
        using var alice = await SendAsync(rig.App, "alice", Initialize);
        Assert.Equal(HttpStatusCode.OK, alice.StatusCode);
        Assert.True(alice.Headers.CacheControl?.NoStore);
    }

    [Theory]
    [InlineData("http://evil.example", false)]
    [InlineData("null", false)]
    [InlineData("https://127.0.0.1.evil.example", false)]
    [InlineData("http://localhost:3000", true)]
    [InlineData("http://127.0.0.1", true)]
    public async Task PagesOfOtherSitesAreTurnedAway(string origin, bool isLetIn)
    {
        using var response = await SendAsync(rig.App, "alice", Initialize, http => http.Headers.Add("Origin", origin));
        if (isLetIn)
        {
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        }
        else
        {
            await response.ProblemAsync(ErrorCatalog.Forbidden);
        }
    }

    [Fact]
    public async Task WithoutKeysANameThatIsNotLoopbacksIsRefused()
    {
        await using var keyless = await ApiApp.StartAsync(rig.Settings(keyed: false));
        using var mine = await SendAsync(keyless, null, Initialize);
        Assert.True(mine.StatusCode == HttpStatusCode.OK, $"{mine} {await mine.Content.ReadAsStringAsync()}");
        // A page whose name was bound anew to this machine sends its own name in both.
        using var rebound = await SendAsync(keyless, null, Initialize, http =>
        {
            http.Headers.Host = "evil.example";
            http.Headers.Add("Origin", "http://evil.example");
        });
        await rebound.ProblemAsync(ErrorCatalog.Unauthorized);
    }

    [Fact]
    public async Task ABodyBeyondTheCapIsRefused()
    {
        using var response = await SendAsync(rig.App, "alice", Ask(new string('x', 1_100_000)));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
        var session = await SessionAsync(rig.App, "alice");
        using var tooLong = await SendAsync(rig.App, "alice", Ask(new string('x', 150_000)), session);
        Assert.Contains("too_long", await tooLong.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ASessionBelongsToTheKeyThatBeganIt()
    {
        var session = await SessionAsync(rig.App, "alice");
        using var hers = await SendAsync(rig.App, "alice", Ask("What is 2 + 2?"), session);
        Assert.Equal(HttpStatusCode.OK, hers.StatusCode);
        using var his = await SendAsync(rig.App, "bob", Ask("What is 2 + 2?"), session);
        Assert.Equal(HttpStatusCode.Forbidden, his.StatusCode);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"nothing"}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"initialize","params":-1e999}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-06-18","capabilities":{},"clientInfo":{"version":"1"}}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"tools/call"}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":7}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"ask_consensus","arguments":[]}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"ask_consensus","arguments":{"prompt":"\ud800"}}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"ask_consensus","arguments":{"\ud800":1,"prompt":{}}}}""")]
    public async Task HostileMessagesMeetNoFault(string message)
    {
        using var response = await SendAsync(rig.App, "alice", message, await SessionAsync(rig.App, "alice"));
        Assert.True((int)response.StatusCode < 500, $"{response.StatusCode} {await response.Content.ReadAsStringAsync()} {rig.App.Log.Lines.LastOrDefault(line => line.Contains("Unforeseen", StringComparison.Ordinal))}");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("text/plain")]
    [InlineData("application/json;;")]
    [InlineData("application/json; charset=utf-7")]
    public async Task ABodyThatIsNotSaidToBeJsonIsRefused(string? contentType)
    {
        using var response = await SendAsync(rig.App, "alice", "{}", http =>
        {
            http.Content!.Headers.Remove("Content-Type");
            http.Content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        });
        await response.ProblemAsync(ErrorCatalog.UnsupportedMediaType);
    }

    [Fact]
    public async Task AServiceThatStopsTakesNoQuestionsAndFinishesWhatItHas()
    {
        await using var app = await ApiApp.StartAsync(rig.Settings(keyed: false));
        var session = await SessionAsync(app, null);
        using var held = app.Services.GetRequiredService<Drain>().Hold();
        var stopping = app.StopAsync();
        var refused = await Poll.UntilAsync(
            async () =>
            {
                using var response = await SendAsync(app, null, Ask("What is 2 + 2?"), session);
                return await response.Content.ReadAsStringAsync();
            },
            text => text.Contains("draining", StringComparison.Ordinal));
        Assert.Contains("\"isError\":true", refused, StringComparison.Ordinal);
        held.Dispose();
        await stopping;
    }

    [Fact]
    public async Task AnOpenSessionDoesNotHoldUpTheEndOfTheService()
    {
        await using var app = await ApiApp.StartAsync(rig.Settings(keyed: false));
        var session = await SessionAsync(app, null);
        using var listen = new HttpRequestMessage(HttpMethod.Get, "/mcp");
        listen.Headers.TryAddWithoutValidation("Accept", "text/event-stream");
        session(listen);
        using var open = await app.Http.SendAsync(listen, HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal(HttpStatusCode.OK, open.StatusCode);
        var stopping = app.StopAsync();
        await open.Content.ReadAsStringAsync();
        await stopping;
    }

    /// <summary>Begins a session; what puts a request into it.</summary>
    private static async Task<Action<HttpRequestMessage>> SessionAsync(ApiApp app, string? key)
    {
        using var begun = await SendAsync(app, key, Initialize);
        var id = begun.Headers.GetValues("Mcp-Session-Id").Single();
        return http => http.Headers.Add("Mcp-Session-Id", id);
    }

    private static async Task<HttpResponseMessage> SendAsync(ApiApp app, string? key, string message, Action<HttpRequestMessage>? change = null)
    {
        using var http = app.Client(key is null ? null : OpenAiRig.Key(key));
        using var request = new HttpRequestMessage(HttpMethod.Post, "/mcp") { Content = new StringContent(message, Encoding.UTF8, "application/json") };
        request.Headers.TryAddWithoutValidation("Accept", "application/json, text/event-stream");
        change?.Invoke(request);
        return await http.SendAsync(request);
    }
}

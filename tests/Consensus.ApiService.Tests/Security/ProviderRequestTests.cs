using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using Consensus.ApiService.Tests.Auth;
using Consensus.ApiService.Tests.Hosting;
using Consensus.Contracts.Runs;

namespace Consensus.ApiService.Tests.Security;

/// <summary>What of a caller's request reaches a provider: the question, and nothing that travels with it or decides where it goes.</summary>
public sealed class ProviderRequestTests : IAsyncLifetime
{
    private const string ProviderKey = "sk-provider-0123456789-abcdefghij";

    /// <summary>Stands in every header and every member that a provider must not see.</summary>
    private const string Mark = "zq-mark-7d1f";

    private static readonly string[] Expected =
    [
        "accept", "accept-encoding", "authorization", "content-length", "content-type", "host", "user-agent", "x-stainless-arch", "x-stainless-lang", "x-stainless-os",
        "x-stainless-package-version", "x-stainless-runtime", "x-stainless-runtime-version",
    ];

    private ProviderThatTells _provider = null!;
    private ApiApp _app = null!;

    public async ValueTask InitializeAsync()
    {
        _provider = await ProviderThatTells.StartAsync();
        _app = await ApiApp.StartAsync(KeyedApi.Settings.Concat(_provider.Settings(ProviderKey)).ToDictionary());
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        await _provider.DisposeAsync();
    }

    [Theory]
    [InlineData("/v1/consensus", """{"prompt":"What is 6 * 7?","models":["tells/answers"],"tags":["MARK"],"category":"MARK","metadata":{"MARK":"MARK\r\nX-MARK: 1"}}""")]
    [InlineData("/openai/v1/chat/completions", """
        {"model":"consensus","messages":[{"role":"user","content":"What is 6 * 7?"}],"user":"MARK","metadata":{"a":"MARK"},"extra_headers":{"X-MARK":"1"},"safety_identifier":"MARK"}
        """)]
    public async Task AProviderSeesTheHeadersOfItsClientAndNoneOfTheCallers(string path, string body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(body.Replace("MARK", Mark, StringComparison.Ordinal), Encoding.UTF8, "application/json") };
        request.Headers.Authorization = new("Bearer", KeyedApi.Key("alice"));
        foreach (var name in (string[])
            [
                "Cookie", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "Forwarded", "Via", "X-Real-IP", "X-Custom", "OpenAI-Organization", "X-Api-Key", "X-Request-Id", "Proxy-Authorization",
                "Idempotency-Key", "Referer", "Origin", "User-Agent", "X-Stainless-Lang", "X-HTTP-Method-Override", "Accept-Language", "Priority", "Request-Id", "Correlation-Context",
            ])
        {
            Assert.True(request.Headers.TryAddWithoutValidation(name, Mark), name);
        }

        request.Headers.TryAddWithoutValidation("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
        request.Headers.TryAddWithoutValidation("tracestate", $"{Mark}=1");
        request.Headers.TryAddWithoutValidation("baggage", $"{Mark}=1,user={Mark}");
        using var response = await _app.Http.SendAsync(request);

        Assert.True(response.StatusCode == HttpStatusCode.OK, await response.Content.ReadAsStringAsync());
        Assert.NotEmpty(_provider.Requests);
        foreach (var (headers, sent) in _provider.Requests)
        {
            Assert.Subset(Expected.ToHashSet(), headers.Keys.ToHashSet());
            Assert.Equal($"Bearer {ProviderKey}", headers["authorization"]);
            Assert.Equal(_provider.Address.Authority, headers["host"]);
            var all = sent + string.Join('\n', headers);
            Assert.DoesNotContain(Mark, all, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("0af7651916cd43dd", all, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain(KeyedApi.Key("alice"), all, StringComparison.OrdinalIgnoreCase);
        }
    }

    [Theory]
    [InlineData("models", "tells/answers\r\nX-Smuggled: 1")]
    [InlineData("models", "tells/answers HTTP/1.1\r\nHost: evil\r\n\r\nPOST /v1")]
    [InlineData("models", "tells/answers\u0000")]
    [InlineData("models", "tells/../answers")]
    [InlineData("models", "tells//answers")]
    [InlineData("models", "TELLS/answers")]
    [InlineData("models", "tells%2Fanswers")]
    [InlineData("models", "STRANGER/v1/answers")]
    [InlineData("models", "tells@STRANGER/answers")]
    [InlineData("models", "//127.0.0.1/answers")]
    [InlineData("models", "169.254.169.254/latest")]
    [InlineData("panel", "STRANGER")]
    [InlineData("panel", "../answers")]
    [InlineData("strategy", "majority\r\nX-Smuggled: 1")]
    public async Task AModelIsOneOfTheCatalogOrTheRequestIsRefusedAndNobodyIsAsked(string member, string value)
    {
        using var stranger = new Stranger();
        JsonNode given = value.Replace("STRANGER", stranger.Address, StringComparison.Ordinal);
        var body = new JsonObject { ["prompt"] = "What is 6 * 7?", [member] = member == "models" ? new JsonArray(given) : given };
        using var client = _app.Client(KeyedApi.Key("alice"));

        var violations = await (await _app.PostAsync("/v1/consensus", body, client)).ViolationsAsync();

        Assert.All(violations, violation => Assert.StartsWith(member, violation, StringComparison.Ordinal));
        Assert.Empty(_provider.Requests);
        Assert.False(stranger.WasCalled);
    }

    [Theory]
    [InlineData("/v1/consensus", """{"prompt":"See ![x](STRANGER/a.png) and STRANGER/b","models":["tells/answers"],"metadata":{"webhook":"STRANGER/c"}}""", 200)]
    [InlineData("/v1/consensus", """{"prompt":"x","models":["tells/answers"],"answer":{"kind":"json","schema":{"$ref":"STRANGER/schema"}}}""", 400)]
    [InlineData("/v1/consensus", """{"prompt":"x","models":["tells/answers"],"answer":{"kind":"json","schema":{"$schema":"STRANGER/meta","$id":"STRANGER/id","type":"object"}}}""", null)]
    [InlineData("/v1/consensus", """{"prompt":"x","models":["tells/answers"],"endpoint":"STRANGER","base_url":"STRANGER","callback":"STRANGER"}""", 400)]
    [InlineData("/v1/consensus/aggregate", """{"answers":[{"model":"a","text":"![x](STRANGER/a.png)"},{"model":"STRANGER","text":"<img src=STRANGER/b>"}]}""", 200)]
    [InlineData("/openai/v1/chat/completions", """{"model":"STRANGER/v1","messages":[{"role":"user","content":"x"}]}""", 404)]
    [InlineData("/openai/v1/chat/completions", """
        {"model":"consensus","messages":[{"role":"user","content":"x"}],"base_url":"STRANGER","api_base":"STRANGER","extra_body":{"endpoint":"STRANGER"},"web_search_options":{"url":"STRANGER"}}
        """, null)]
    [InlineData("/openai/v1/chat/completions", """
        {"model":"consensus","messages":[{"role":"user","content":[{"type":"text","text":"x"},{"type":"image_url","image_url":{"url":"STRANGER/a.png"}}]}]}
        """, 400)]
    [InlineData("/openai/v1/chat/completions", """
        {"model":"consensus","messages":[{"role":"user","content":"x"}],"tools":[{"type":"mcp","server_label":"a","server_url":"STRANGER/mcp"}]}
        """, null)]
    public async Task NothingInARequestOpensAConnection(string path, string body, int? status)
    {
        using var stranger = new Stranger();
        using var client = _app.Client(KeyedApi.Key("alice"));

        using var response = await _app.PostAsync(path, body.Replace("STRANGER", $"http://{stranger.Address}", StringComparison.Ordinal), client);

        var text = await response.Content.ReadAsStringAsync();
        Assert.True(status is null ? (int)response.StatusCode < 500 : (int)response.StatusCode == status, $"{response.StatusCode} {text}");
        Assert.False(stranger.WasCalled);
    }

    [Fact]
    public async Task ARedirectOfAProviderIsAFailureOfItsCandidateAndNobodyElseIsAsked()
    {
        using var client = _app.Client(KeyedApi.Key("alice"));
        using var response = await _app.PostAsync("/v1/consensus", """{"prompt":"x","models":["tells/redirect","tells/answers"]}""", client);
        var run = await response.RunAsync();

        Assert.Equal(FailureReason.Rejected, run.Candidates!.Single(c => c.Model == "tells/redirect").Error!.Reason);
        Assert.Equal(2, _provider.Requests.Count);
    }

    [Theory]
    [InlineData("X-Custom: a\r\n folded: b")]
    [InlineData("X-Custom: a\nX-Other: b")]
    [InlineData("X-Custom: a\rX-Other: b")]
    [InlineData("X-Custom: a\0b")]
    [InlineData("Transfer-Encoding: chunked\r\nTransfer-Encoding: identity")]
    [InlineData("Transfer-Encoding: chunked, identity")]
    [InlineData("Content-Length: 5\r\nContent-Length: 50")]
    [InlineData("Content-Length: +5")]
    [InlineData("Content-Length : 5")]
    [InlineData("X Custom: 1")]
    public async Task ARequestWhoseHeadCanBeReadInTwoWaysReachesNobody(string header)
    {
        var head = $"POST /v1/consensus HTTP/1.1\r\nHost: {_app.Address.Authority}\r\nAuthorization: Bearer {KeyedApi.Key("alice")}\r\nContent-Type: application/json\r\n{header}\r\n";
        const string Body = """{"prompt":"x","models":["tells/answers"]}""";
        using var tcp = new TcpClient();
        await tcp.ConnectAsync(IPAddress.Loopback, _app.Address.Port);
        await using var stream = tcp.GetStream();
        var framed = header.StartsWith("Content-Length", StringComparison.Ordinal) || header.StartsWith("Transfer", StringComparison.Ordinal) ? "" : $"Content-Length: {Body.Length}\r\n";
        await stream.WriteAsync(Encoding.Latin1.GetBytes($"{head}{framed}Connection: close\r\n\r\n{Body}"));

        var answer = await new StreamReader(stream).ReadToEndAsync();

        // A lone LF ends a header too (RFC 9112, 2.2): then it is two headers of the caller's, and still none of a provider's.
        if (header.Contains("a\nX-Other", StringComparison.Ordinal) && answer.StartsWith("HTTP/1.1 200", StringComparison.Ordinal))
        {
            Assert.All(_provider.Requests, request => Assert.DoesNotContain("x-other", request.Headers.Keys));
            return;
        }

        Assert.StartsWith("HTTP/1.1 400", answer, StringComparison.Ordinal);
        Assert.Empty(_provider.Requests);
    }

    /// <summary>A listener that must never be called.</summary>
    private sealed class Stranger : IDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

        public Stranger() => _listener.Start();

        public string Address => $"127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";

        /// <summary>Whether somebody has connected: a connection waits until it is taken.</summary>
        public bool WasCalled => _listener.Pending();

        public void Dispose() => _listener.Dispose();
    }
}

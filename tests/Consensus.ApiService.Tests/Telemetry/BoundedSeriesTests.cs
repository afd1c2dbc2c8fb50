using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Consensus.ApiService.Telemetry;
using Consensus.ApiService.Tests.Auth;
using Consensus.ApiService.Tests.Hosting;
using Consensus.Contracts;
using Consensus.Contracts.Errors;
using Consensus.Contracts.Json;
using Consensus.Contracts.Runs;
using Consensus.LanguageModels.Catalog;
using Consensus.Testing;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Consensus.ApiService.Tests.Telemetry;

/// <summary>Whatever callers and providers make up, the series of <c>/metrics</c> stay those of the closed lists.</summary>
[Collection(nameof(AloneInProcess))]
public sealed class BoundedSeriesTests(SharedApi shared)
{
    /// <summary>Distinct words for each thing that can be made up.</summary>
    private const int Words = 250;

    /// <summary>Labels whose values are known before anybody calls.</summary>
    private static readonly Dictionary<string, string[]> Lists = new(StringComparer.Ordinal)
    {
        ["http_request_method"] = ["GET", "POST", "PUT", "DELETE", "HEAD", "OPTIONS", "PATCH", "TRACE", "CONNECT", "QUERY", "_OTHER"],
        ["url_scheme"] = ["http"],
        ["code"] = [.. ErrorCatalog.All.Select(entry => entry.Code)],
        ["protocol"] = ["consensus", "openai", "mcp"],
        ["tool"] = ["ask_consensus", "check_evidence", "get_run", "none"],
        ["provider"] = ["sim", "invents"],
        ["gen_ai_provider_name"] = ["sim", "invents"],
        ["server_address"] = ["127.0.0.1", "localhost"],
        ["network_protocol_version"] = ["1.0", "1.1"],
        ["reason"] = [.. Enum.GetValues<FailureReason>().Select(WireName.Of), .. Enum.GetValues<AccessFailure>().Select(WireName.Of), "panel_failed", "deadline_exceeded", "none"],
    };

    [Fact]
    public async Task NothingThatIsMadeUpIsALabelAndTheSecondFloodAddsNoSeries()
    {
        await using var provider = await ProviderThatInvents.StartAsync();
        await using var api = await MeasuredApi.StartAsync(
            [.. provider.Settings, .. KeyedApi.Settings, new("Limits:RequestsPerMinute", "1000000"), new("Panels:default:0", "invents/chat")]);

        await FloodAsync(api, 0, 20);
        var first = await MetricsAsync(api);
        await FloodAsync(api, 20, Words);
        var second = await MetricsAsync(api);

        Assert.True(provider.Answers >= Words, $"The provider was asked {provider.Answers} times.");
        Assert.DoesNotContain("hostile", second.Text, StringComparison.OrdinalIgnoreCase);
        var routes = api.App.Services.GetRequiredService<EndpointDataSource>().Endpoints
            .Select(endpoint => endpoint.Metadata.GetMetadata<IRouteDiagnosticsMetadata>()?.Route).OfType<string>().Append("none").Append("(missing)").ToHashSet(StringComparer.Ordinal);
        // Breakers are observed in the whole process: those of the service that all tests share are seen as well.
        var models = new[] { api.App, shared.App }.SelectMany(app => app.Services.GetRequiredService<ModelCatalog>().Models).Select(model => model.Name).ToHashSet(StringComparer.Ordinal);
        Assert.All(second.Series.SelectMany(series => series.Labels), label => Assert.True(
            (label.Key is "route" or "http_route" ? routes.Contains(label.Value)
                : label.Key is "model" or "gen_ai_request_model" ? models.Contains(label.Value) : !Lists.TryGetValue(label.Key, out var list) || list.Contains(label.Value, StringComparer.Ordinal))
                && label.Value.Length <= 100,
            $"{label.Key} has the value {label.Value}"));
        Assert.DoesNotContain(second.Series, series => series.Labels.ContainsKey("otel_metric_overflow"));

        // Statuses and reasons that the first twenty of a kind did not meet may come; what grows with the words would be hundreds.
        var grown = second.Series.Select(s => s.ToString()).Except(first.Series.Select(s => s.ToString()), StringComparer.Ordinal).Where(s => !s.Contains("le=", StringComparison.Ordinal)).ToArray();
        TestContext.Current.TestOutputHelper?.WriteLine($"{first.Series.Count} series, then {second.Series.Count}; without buckets these are new: {string.Join('\n', grown)}");
        Assert.True(grown.Length <= Words / 10, $"{grown.Length} series were added: {string.Join('\n', grown)}");
    }

    private static async Task<Scrape> MetricsAsync(MeasuredApi api)
    {
        using var client = api.App.Client(KeyedApi.Key("read"));
        return await Scrape.OfAsync(client);
    }

    private static async Task FloodAsync(MeasuredApi api, int from, int to)
    {
        using var client = api.App.Client(KeyedApi.Key("root"));
        using var mcp = await McpCalls.BeginAsync(api.App, KeyedApi.Key("root"));
        await Parallel.ForEachAsync(Enumerable.Range(from, to - from), new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (n, cancellationToken) =>
        {
            foreach (var request in Requests(n))
            {
                using (request)
                using (var response = await client.SendAsync(request, cancellationToken))
                {
                    await response.Content.ReadAsByteArrayAsync(cancellationToken);
                }
            }

            await mcp.CallAsync($"hostile-tool-{n}", "{}");
            await mcp.CallAsync("ask_consensus", $$"""{"prompt":"2 + 2?","models":["hostile/{{n}}"],"hostile-{{n}}":1}""");
            await mcp.CallAsync("get_run", $$"""{"runId":"hostile-{{n}}"}""");
            await RawAsync(api.App.Address, n);
        });
    }

    /// <summary>One request for each thing that a caller can make up.</summary>
    private static IEnumerable<HttpRequestMessage> Requests(int n)
    {
        var word = $"hostile-{n}";
        var wild = $"hostile\u0007\u202e\n{n}\"}} {{le=\\\"1";
        yield return Json("POST", "/v1/consensus", new { prompt = "2 + 2?" }, ("User-Agent", word), ("Idempotency-Key", word), ("X-Request-Id", word), ("Prefer", word));
        yield return Json("POST", "/v1/consensus", new { prompt = word, models = new[] { $"hostile/{n}", wild, word + new string('x', 10_000) } });
        yield return Json("POST", "/v1/consensus", new { prompt = word, strategy = word });
        yield return Json("POST", "/v1/consensus", new { prompt = word, strategy = wild, category = word, tags = new[] { word } });
        yield return Json("POST", "/v1/consensus", new { prompt = word, tags = new[] { word }, category = word, metadata = new Dictionary<string, string> { [word] = word } });
        yield return Json("POST", "/v1/consensus/aggregate", new { answers = new[] { new { model = word, text = "1" }, new { model = wild, text = word } } });
        yield return Json("POST", "/openai/v1/chat/completions", new { model = word, messages = new[] { new { role = "user", content = word } } });
        yield return Json("POST", "/openai/v1/chat/completions", new { model = "consensus", user = word, messages = new[] { new { role = word, content = word } } });
        yield return Json("POST", "/v1/keys", new { name = word, scopes = new[] { "run" } });
        yield return Json("POST", "/v1/keys", new { name = wild, scopes = new[] { word } });
        yield return new HttpRequestMessage(new HttpMethod($"HOSTILE{n}"), "/v1/consensus");
        yield return new HttpRequestMessage(HttpMethod.Get, $"/{word}/{n}");
        yield return new HttpRequestMessage(HttpMethod.Get, $"/v1/runs/{word}");
        yield return new HttpRequestMessage(HttpMethod.Get, $"/v{n + 2}/hostile");
        yield return new HttpRequestMessage(HttpMethod.Get, $"/v1/runs?{word}={word}&model={word}&strategy={word}");
        yield return new HttpRequestMessage(HttpMethod.Get, "/v1/models") { Headers = { Authorization = new AuthenticationHeaderValue(word, word) } };
        yield return new HttpRequestMessage(HttpMethod.Get, "/v1/models") { Headers = { Authorization = new AuthenticationHeaderValue("Bearer", word) } };
    }

    private static HttpRequestMessage Json(string method, string path, object body, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(new HttpMethod(method), path) { Content = new StringContent(JsonSerializer.Serialize(body), Encoding.UTF8, "application/json") };
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return request;
    }

    /// <summary>Another host, which a client in this process would measure as its own, and what no client library would send: an absolute target of another scheme and host, a path beyond every bound, a version that is none.</summary>
    private static async Task RawAsync(Uri address, int n)
    {
        string[] heads =
        [
            $"GET /v1/models HTTP/1.1\r\nHost: hostile-{n}.example",
            $"GET hostile{n}://hostile-{n}.example/hostile HTTP/1.1\r\nHost: hostile-{n}.example",
            $"GET /hostile{n}{new string('x', 9_000)} HTTP/1.1\r\nHost: localhost",
            $"GET /v1/models HTTP/{n % 10}.{n % 7}\r\nHost: localhost",
            $"HOSTILE{n}\u0001 /v1/models HTTP/1.1\r\nHost: localhost",
        ];
        foreach (var head in heads)
        {
            using var socket = new TcpClient();
            await socket.ConnectAsync(address.Host, address.Port);
            await using var stream = socket.GetStream();
            await stream.WriteAsync(Encoding.Latin1.GetBytes($"{head}\r\nConnection: close\r\n\r\n"));
            try
            {
                await stream.CopyToAsync(Stream.Null);
            }
            catch (IOException)
            {
                // Cut off, which is an answer too.
            }
        }
    }
}

using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Consensus.ApiService.Tests.Auth;
using Consensus.ApiService.Tests.Hosting;
using Consensus.Testing;

namespace Consensus.ApiService.Tests.Telemetry;

/// <summary>What happens is counted, and once.</summary>
[Collection(nameof(AloneInProcess))]
public sealed class CountingTests
{
    private const string Question = """{"prompt":"What is 17 * 23?","answer":{"kind":"number"}}""";
    private const string Broken = """{"prompt":"What is 17 * 23?","models":["sim/ada"]}""";

    private static readonly (string, string) AdaIsBroken = ("Simulator:Models:ada:Faults:server_error:Probability", "1");

    [Theory]
    [InlineData("POST", "/v1/consensus", "{}", "validation_failed", "/v1/consensus")]
    [InlineData("POST", "/v1/consensus", Broken, "panel_failed", "/v1/consensus")]
    [InlineData("GET", "/v1/runs/none", null, "run_not_found", "/v1/runs/{id}")]
    [InlineData("GET", "/v1/runs/01900000-0000-7000-8000-000000000000/scores", null, "run_not_found", "/v1/runs/{id}/scores")]
    [InlineData("GET", "/nowhere", null, "not_found", "none")]
    [InlineData("DELETE", "/v1/models", null, "method_not_allowed", "none")]
    [InlineData("POST", "/openai/v1/chat/completions", """{"model":"none","messages":[{"role":"user","content":"?"}]}""", "model_not_found", "/openai/v1/chat/completions")]
    [InlineData("POST", "/openai/v1/chat/completions", """{"model":"sim/ada","stream":true,"messages":[{"role":"user","content":"?"}]}""", "panel_failed", "/openai/v1/chat/completions")]
    public async Task AnErrorIsCountedOnceByItsCodeAndRoute(string method, string path, string? body, string code, string route)
    {
        await using var api = await MeasuredApi.StartAsync(simulator: AdaIsBroken);
        var before = await api.ScrapeAsync();
        using var request = new HttpRequestMessage(new HttpMethod(method), path) { Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json") };
        using var response = await api.App.Http.SendAsync(request);
        Assert.False(response.IsSuccessStatusCode);
        await api.HasGrownAsync(before, 1, "consensus_errors_total", ("code", code), ("route", route));
        await api.HasGrownAsync(before, 1, "consensus_errors_total");
    }

    [Fact]
    public async Task AnErrorThatAStreamTellsIsCountedForEachCallerWhoIsTold()
    {
        await using var api = await MeasuredApi.StartAsync(simulator: AdaIsBroken);
        var before = await api.ScrapeAsync();
        var run = await StreamAsync("/v1/consensus", Broken);
        await api.HasGrownAsync(before, 1, "consensus_errors_total", ("code", "panel_failed"), ("route", "/v1/consensus"));
        await api.HasGrownAsync(before, 1, "consensus_runs_total", ("status", "failed"), ("reason", "panel_failed"));
        await api.HasGrownAsync(before, 1, "consensus_streams_total", ("protocol", "consensus"), ("end", "completed"));

        await StreamAsync($"/v1/runs/{run}/events", null);
        await api.HasGrownAsync(before, 1, "consensus_errors_total", ("code", "panel_failed"), ("route", "/v1/runs/{id}/events"));
        await api.HasGrownAsync(before, 2, "consensus_errors_total");
        await api.HasGrownAsync(before, 2, "consensus_streams_total");
        await api.HasGrownAsync(before, 1, "consensus_runs_total");

        async Task<string> StreamAsync(string path, string? body)
        {
            using var request = new HttpRequestMessage(body is null ? HttpMethod.Get : HttpMethod.Post, path)
            {
                Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json"),
                Headers = { { "Accept", "text/event-stream" } },
            };
            using var response = await api.App.Http.SendAsync(request);
            var text = await response.Content.ReadAsStringAsync();
            return JsonNode.Parse(text.Split('\n').First(line => line.StartsWith("data: ", StringComparison.Ordinal))[6..])!["runId"]!.GetValue<string>();
        }
    }

    [Fact]
    public async Task ACallOfAToolIsCountedWithItsEndAndItsErrorOnce()
    {
        await using var api = await MeasuredApi.StartAsync(simulator: AdaIsBroken);
        var before = await api.ScrapeAsync();
        using var mcp = await McpCalls.BeginAsync(api.App);
        await mcp.CallAsync("ask_consensus", """{"prompt":"What is 2 + 2?"}""");
        await mcp.CallAsync("ask_consensus", """{"prompt":"What is 2 + 2?","models":["sim/ada"]}""");
        await mcp.CallAsync("get_run", """{"runId":"none"}""");
        await mcp.CallAsync("no_such_tool", "{}");

        await api.HasGrownAsync(before, 1, "consensus_mcp_calls_total", ("tool", "ask_consensus"), ("result", "completed"));
        await api.HasGrownAsync(before, 1, "consensus_mcp_calls_total", ("tool", "ask_consensus"), ("result", "problem"));
        await api.HasGrownAsync(before, 1, "consensus_mcp_calls_total", ("tool", "get_run"), ("result", "problem"));
        await api.HasGrownAsync(before, 1, "consensus_mcp_calls_total", ("tool", "none"), ("result", "unknown_tool"));
        await api.HasGrownAsync(before, 1, "consensus_errors_total", ("code", "panel_failed"), ("route", "/mcp/"));
        await api.HasGrownAsync(before, 2, "consensus_errors_total");
        await api.HasGrownAsync(before, 2, "consensus_run_requests_total", ("protocol", "mcp"), ("result", "begun"));
    }

    [Fact]
    public async Task ARequestThatIsSentAgainIsAReplayAndNoSecondRun()
    {
        await using var api = await MeasuredApi.StartAsync();
        var before = await api.ScrapeAsync();
        for (var i = 0; i < 3; i++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/consensus") { Content = new StringContent(Question, Encoding.UTF8, "application/json") };
            request.Headers.Add("Idempotency-Key", "again");
            using var response = await api.App.Http.SendAsync(request);
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        }

        await api.HasGrownAsync(before, 1, "consensus_run_requests_total", ("kind", "consensus"), ("protocol", "consensus"), ("result", "begun"));
        await api.HasGrownAsync(before, 2, "consensus_run_requests_total", ("result", "replayed"));
        await api.HasGrownAsync(before, 1, "consensus_runs_total", ("status", "completed"), ("reason", "none"));
        await api.HasGrownAsync(before, 5, "consensus_model_calls_total", ("reason", "none"));
        await api.HasGrownAsync(before, 5, "gen_ai_client_operation_duration_seconds_count");
        await api.HasGrownAsync(before, 0, "consensus_runs_outliving");
    }

    [Fact]
    public async Task WhoIsNotLetInIsCountedByReason()
    {
        await using var api = await MeasuredApi.StartAsync(KeyedApi.Settings);
        var before = Read(await ScrapeAsync());
        Assert.Equal(0, before["missing_scope"]);
        foreach (var key in (string?[])[null, "wrong", KeyedApi.Key("read"), KeyedApi.Key("run")])
        {
            using var client = api.App.Client(key);
            using var response = await api.App.PostAsync("/v1/consensus", Question, client);
            Assert.Equal(key == KeyedApi.Key("run"), response.IsSuccessStatusCode);
        }

        var after = Read(await ScrapeAsync());
        Assert.Equal(
            ["missing_scope 1", "no_credential 1", "unknown_key 1"],
            after.Select(pair => (pair.Key, By: pair.Value - before[pair.Key])).Where(pair => pair.By != 0).Select(pair => $"{pair.Key} {pair.By}").Order(StringComparer.Ordinal));

        async Task<Scrape> ScrapeAsync()
        {
            using var client = api.App.Client(KeyedApi.Key("read"));
            return await Scrape.OfAsync(client);
        }

        static Dictionary<string, double> Read(Scrape scrape) => scrape.Of("consensus_auth_refused_total").ToDictionary(series => series.Labels["reason"], series => series.Value, StringComparer.Ordinal);
    }
}

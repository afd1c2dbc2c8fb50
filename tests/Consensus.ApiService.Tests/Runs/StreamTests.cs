using System.Net.ServerSentEvents;
using System.Text;
using System.Text.Json;
using Consensus.ApiService.Tests.Hosting;
using Consensus.Contracts.Errors;
using Consensus.Contracts.Json;
using Consensus.Contracts.Runs;
using Consensus.ModelSimulator;

namespace Consensus.ApiService.Tests.Runs;

public sealed class StreamTests(SharedApi shared)
{
    [Fact]
    public async Task EventsComeInOrderNumberedAndEndWithDone()
    {
        var events = await EventsAsync(shared.App, """{"prompt":"What is 17 * 23?","answer":{"kind":"number"}}""");
        Assert.Equal(Enumerable.Range(1, events.Count).Select(i => $"{i}"), events.Select(e => e.EventId));
        Assert.Equal(RunEventNames.Run, events[0].EventType);
        var between = string.Concat(events[1..^2].Select(e => e.EventType == RunEventNames.Candidate ? "c" : e.EventType == RunEventNames.Cluster ? "k" : "?"));
        Assert.Matches("^(c+k)+$", between);
        Assert.Equal(5, between.Count(c => c == 'c'));
        Assert.Equal(5, JsonSerializer.Deserialize(events[^3].Data, ConsensusJson.Default.ClustersSoFar)!.Arrived);
        Assert.Equal([RunEventNames.Verdict, RunEventNames.Done], events[^2..].Select(e => e.EventType));

        var started = JsonSerializer.Deserialize(events[0].Data, ConsensusJson.Default.RunStarted)!;
        var verdict = JsonSerializer.Deserialize(events[^2].Data, ConsensusJson.Default.ConsensusResponse)!;
        Assert.Equal(started.RunId, verdict.RunId);
        Assert.Equal(5, verdict.Candidates!.Count);
        Assert.Equal("{}", events[^1].Data);

        using var found = await shared.App.Http.GetAsync($"/v1/runs/{started.RunId}");
        Assert.Equal(verdict.Outcome, (await found.RunAsync()).Outcome);
    }

    [Fact]
    public async Task AFailedRunIsAnErrorEventWithItsProblem()
    {
        await using var simulator = await SimulatorHost.StartAsync(new Dictionary<string, string?> { ["Simulator:Models:ada:Faults:server_error:Probability"] = "1" });
        await using var app = await ApiApp.StartAsync(SharedApi.SettingsFor(simulator));
        var events = await EventsAsync(app, """{"prompt":"x","models":["sim/ada"]}""");
        Assert.Equal([RunEventNames.Error, RunEventNames.Done], events[^2..].Select(e => e.EventType));
        var problem = JsonSerializer.Deserialize(events[^2].Data, ConsensusJson.Default.ProblemBody)!;
        Assert.Equal((ErrorCatalog.PanelFailed.Code, 1), (problem.Code, problem.Candidates!.Count));
    }

    [Fact]
    public async Task WithoutARunLogNothingSaysWhereTheRunIs()
    {
        await using var simulator = await SimulatorHost.StartAsync(new Dictionary<string, string?> { ["Simulator:Models:ada:Faults:server_error:Probability"] = "1" });
        await using var app = await ApiApp.StartAsync(new Dictionary<string, string>(SharedApi.SettingsFor(simulator)) { ["RunLog:Enabled"] = "false" });
        using var failed = await app.PostAsync("/v1/consensus", """{"prompt":"x","models":["sim/ada"]}""");
        await failed.ProblemAsync(ErrorCatalog.PanelFailed);
        Assert.Null(failed.Headers.Location);
        using var stream = await SendAsync(app, """{"prompt":"What is 2 + 2?","models":["sim/euler"]}""", HttpCompletionOption.ResponseContentRead);
        Assert.Null(stream.Headers.Location);
    }

    [Fact]
    public async Task AWrongRequestIsAProblemAndNoStream()
    {
        using var response = await SendAsync(shared.App, "{}", HttpCompletionOption.ResponseContentRead);
        await response.ProblemAsync(ErrorCatalog.ValidationFailed);
    }

    [Fact]
    public async Task ACallerWhoGoesAwayCancelsTheRunWhichIsStored()
    {
        await using var simulator = await SimulatorHost.StartAsync(new Dictionary<string, string?> { ["Simulator:Models:euler:Faults:timeout:Probability"] = "1" });
        await using var app = await ApiApp.StartAsync(SharedApi.SettingsFor(simulator));
        Guid runId;
        using (var response = await SendAsync(app, """{"prompt":"What is 2 + 2?"}""", HttpCompletionOption.ResponseHeadersRead))
        {
            await using var body = await response.Content.ReadAsStreamAsync();
            await using var events = SseParser.Create(body).EnumerateAsync().GetAsyncEnumerator();
            Assert.True(await events.MoveNextAsync());
            runId = JsonSerializer.Deserialize(events.Current.Data, ConsensusJson.Default.RunStarted)!.RunId;
        }

        using var found = await Poll.UntilAsync(() => app.Http.GetAsync($"/v1/runs/{runId}"), r => r.IsSuccessStatusCode);
        var run = await found.RunAsync();
        Assert.Equal((RunStatus.Cancelled, "caller_gone"), (run.Status, run.StatusReason));
    }

    [Theory]
    [InlineData("application/json, text/event-stream", "application/json")]
    [InlineData("text/event-stream, application/json", "text/event-stream")]
    [InlineData("application/json;q=0.5, text/event-stream", "text/event-stream")]
    [InlineData("text/event-stream;q=0, */*", "application/json")]
    [InlineData("*/*", "application/json")]
    public async Task TheAcceptHeaderChoosesBetweenJsonAndEvents(string accept, string mediaType)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/consensus");
        request.Headers.TryAddWithoutValidation("Accept", accept);
        request.Content = new StringContent("""{"prompt":"What is 2 + 2?","models":["sim/ada"]}""", Encoding.UTF8, "application/json");
        using var response = await shared.App.Http.SendAsync(request);
        Assert.Equal(mediaType, response.Content.Headers.ContentType?.MediaType);
    }

    private static async Task<List<SseItem<string>>> EventsAsync(ApiApp app, string json)
    {
        using var response = await SendAsync(app, json, HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
        await using var body = await response.Content.ReadAsStreamAsync();
        var events = new List<SseItem<string>>();
        await foreach (var item in SseParser.Create(body).EnumerateAsync())
        {
            events.Add(item);
        }

        return events;
    }

    private static Task<HttpResponseMessage> SendAsync(ApiApp app, string json, HttpCompletionOption until)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/v1/consensus") { Content = new StringContent(json, Encoding.UTF8, "application/json") };
        request.Headers.TryAddWithoutValidation("Accept", "text/event-stream");
        return app.Http.SendAsync(request, until);
    }
}

using System.Net.ServerSentEvents;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Consensus.ApiService.Tests.Hosting;
using Consensus.Contracts.Json;
using Consensus.Contracts.Runs;
using Consensus.Core.Deciding;
using Consensus.ModelSimulator;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Consensus.ApiService.Tests.FanOut;

/// <summary>The real service asking simulated models over real connections.</summary>
public sealed class PanelOverHttpTests(SharedApi shared)
{
    [Theory]
    [InlineData(Strategies.Majority)]
    [InlineData(Strategies.Supermajority)]
    [InlineData(Strategies.Unanimous)]
    [InlineData(Strategies.Weighted)]
    [InlineData(Strategies.Medoid)]
    [InlineData(Strategies.SelfConsistency)]
    public async Task EveryStrategyComesToAnAnswerThatIsStoredAsItWasGiven(string strategy)
    {
        var request = new JsonObject { ["prompt"] = "What is 17 * 23?", ["answer"] = new JsonObject { ["kind"] = "number" }, ["strategy"] = strategy };
        if (strategy == Strategies.SelfConsistency)
        {
            request["models"] = new JsonArray("sim/ada");
        }

        using var response = await shared.App.PostAsync("/v1/consensus", request);
        var run = await response.RunAsync();
        Assert.Equal((Outcome.Consensus, 391), (run.Outcome, run.Answer!.Value!.Value.GetInt32()));
        Assert.Equal(strategy, run.Strategy);
        Assert.Equal(strategy == Strategies.SelfConsistency, run.Calls!.StoppedEarly);

        using var found = await shared.App.Http.GetAsync(run.Links["self"]);
        var stored = await found.RunAsync();
        Assert.Equal(Json(run), Json(stored with { Request = null }));
    }

    [Fact]
    public async Task AModelThatFailsIsACandidateWithItsReasonAndTheOthersDecide()
    {
        await using var simulator = await SimulatorHost.StartAsync(Fault("boole", "server_error"));
        await using var app = await ApiApp.StartAsync(SharedApi.SettingsFor(simulator));
        using var response = await app.PostAsync("/v1/consensus", """{"prompt":"What is 17 * 23?","answer":{"kind":"number"}}""");
        var run = await response.RunAsync();

        Assert.Equal((Outcome.Consensus, 0.8, true), (run.Outcome, run.Agreement, run.Degraded));
        var failed = Assert.Single(run.Candidates!, c => c.Status == CandidateStatus.Failed);
        Assert.Equal(("sim/boole", FailureReason.Unavailable), (failed.Model, failed.Error!.Reason));
        Assert.True(failed.Attempts > 1);
    }

    [Fact]
    public async Task CertainCancelsAModelThatHangs()
    {
        await using var simulator = await SimulatorHost.StartAsync(Fault("ada", "timeout"));
        await using var app = await ApiApp.StartAsync(SharedApi.SettingsFor(simulator));
        using var response = await app.PostAsync("/v1/consensus", """{"prompt":"What is 17 * 23?","answer":{"kind":"number"},"earlyStop":"certain"}""");
        var run = await response.RunAsync();

        Assert.Equal((Outcome.Consensus, true, true, false), (run.Outcome, run.AgreementIsLowerBound, run.Calls!.StoppedEarly, run.Degraded));
        Assert.Equal(FailureReason.Cancelled, run.Candidates!.Single(c => c.Model == "sim/ada").Error!.Reason);
    }

    [Fact]
    public async Task AdaptiveLeavesTheLessReliableUnasked()
    {
        using var response = await shared.App.PostAsync("/v1/consensus", """{"prompt":"What is 17 * 23?","answer":{"kind":"number"},"earlyStop":"adaptive"}""");
        var run = await response.RunAsync();

        Assert.Equal((Outcome.Consensus, 1.0, 3), (run.Outcome, run.Agreement, run.Candidates!.Count));
        Assert.Equal(new CallsBody(3, 5, StoppedEarly: true), run.Calls);
    }

    [Fact]
    public async Task TheDeadlineDecidesWithTheAnswersThatHaveCome()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var simulator = await SimulatorHost.StartAsync(Fault("ada", "timeout"));
        await using var app = await ApiApp.StartAsync(SharedApi.SettingsFor(simulator), builder => builder.Services.AddSingleton<TimeProvider>(time));
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/consensus");
        request.Headers.TryAddWithoutValidation("Accept", "text/event-stream");
        request.Content = new StringContent("""{"prompt":"What is 17 * 23?","answer":{"kind":"number"},"deadlineMs":20000}""", Encoding.UTF8, "application/json");
        using var response = await app.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        await using var body = await response.Content.ReadAsStreamAsync();
        await using var events = SseParser.Create(body).EnumerateAsync().GetAsyncEnumerator();

        for (var arrived = 0; arrived < 4;)
        {
            Assert.True(await events.MoveNextAsync());
            arrived += events.Current.EventType == RunEventNames.Candidate ? 1 : 0;
        }

        var verdict = Task.Run(async () =>
        {
            while (await events.MoveNextAsync())
            {
                if (events.Current.EventType == RunEventNames.Verdict)
                {
                    return JsonSerializer.Deserialize(events.Current.Data, ConsensusJson.Default.ConsensusResponse)!;
                }
            }

            throw new InvalidOperationException("The stream ended without a verdict.");
        });
        var run = await Ending.OfAsync(verdict, time);

        Assert.Equal((RunStatus.Completed, Outcome.Consensus, 0.8), (run.Status, run.Outcome, run.Agreement));
        Assert.True(run.Degraded);
        Assert.Equal(FailureReason.Timeout, run.Candidates!.Single(c => c.Model == "sim/ada").Error!.Reason);
        Assert.InRange(run.Timings!.TotalMs, 20_000, 60_000);
    }

    [Fact]
    public async Task ACapThatNoCallFitsUnderAsksNobody()
    {
        var settings = new Dictionary<string, string>(shared.Settings);
        foreach (var (setting, value) in new[] { ("Endpoint", new Uri(shared.Simulator.BaseAddress, "v1").AbsoluteUri), ("Kind", "simulator") })
        {
            settings[$"Providers:paid:{setting}"] = value;
        }

        settings["Providers:paid:Models:ada:InputUsdPerMillion"] = "5";
        settings["Providers:paid:Models:ada:OutputUsdPerMillion"] = "20";
        await using var app = await ApiApp.StartAsync(settings);
        using var response = await app.PostAsync("/v1/consensus", """{"prompt":"What is 17 * 23?","models":["paid/ada"],"maxCostUsd":0.0001}""");
        var problem = await response.ProblemAsync(Contracts.Errors.ErrorCatalog.PanelFailed);

        var candidate = Assert.Single(problem.Candidates!);
        Assert.Equal((FailureReason.CostLimit, 0), (candidate.Error!.Reason, candidate.Attempts));
    }

    private static Dictionary<string, string?> Fault(string model, string fault) => new() { [$"Simulator:Models:{model}:Faults:{fault}:Probability"] = "1" };

    private static string Json(ConsensusResponse run) => JsonSerializer.Serialize(run, ConsensusJson.Default.ConsensusResponse);
}

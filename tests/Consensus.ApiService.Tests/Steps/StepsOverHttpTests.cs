using System.Text.Json;
using System.Text.Json.Nodes;
using Consensus.ApiService.Tests.Hosting;
using Consensus.Contracts.Client;
using Consensus.Contracts.Json;
using Consensus.Contracts.Runs;
using Consensus.Storage.Runs;
using Microsoft.Extensions.DependencyInjection;

namespace Consensus.ApiService.Tests.Steps;

/// <summary>The real service asking simulated models over real connections; faults hit the questions of steps alone.</summary>
public sealed class StepsOverHttpTests(SharedApi shared, ContestedApi contested) : IClassFixture<ContestedApi>
{
    public static TheoryData<string, string, StepReason?> Faults
    {
        get
        {
            var faults = new TheoryData<string, string, StepReason?>();
            foreach (var strategy in (string[])["ranked", "judge", "synthesis", "debate"])
            {
                foreach (var fault in (string[])["refusal", "malformed", "rate_limit;retry-after=0", "server_error", "empty", "truncate"])
                {
                    faults.Add(strategy, fault, StepReason.AllFailed);
                }

                faults.Add(strategy, "prose", null);
            }

            faults.Add("ranked", "off_menu", StepReason.Malformed);
            faults.Add("judge", "off_menu", StepReason.Malformed);
            faults.Add("debate", "off_menu", StepReason.Malformed);
            return faults;
        }
    }

    [Fact]
    public async Task ACascadeStopsOnceItsFirstTiersAgree()
    {
        using var response = await shared.App.PostAsync(
            "/v1/consensus", """{"prompt":"What is 17 * 23?","answer":{"kind":"number"},"strategy":"cascade","cascade":{"agreement":0.6,"confidence":0.4}}""");
        var run = await response.RunAsync();

        Assert.Equal((Outcome.Consensus, 391), (run.Outcome, run.Answer!.Value!.Value.GetInt32()));
        Assert.True(run.Calls is { StoppedEarly: true, Panel: 5 });
        Assert.Equal(StepReason.Enough, run.Steps![^1].Reason);
    }

    [Theory]
    [InlineData("ranked", "rank")]
    [InlineData("judge", "judge")]
    [InlineData("synthesis", "synthesis")]
    [InlineData("debate", "debate")]
    public async Task EveryStrategyTakesItsStepAndIsStoredAsItWasGiven(string strategy, string name)
    {
        contested.Fault = null;
        var run = await AskUntilNoTieAsync(strategy);

        var step = Assert.Single(run.Steps!, s => s.Name == name);
        Assert.Equal((StepStatus.Completed, null), (step.Status, step.Reason));
        Assert.All(step.Calls, call => Assert.True(call is { Error: null, Attempts: 1, Usage.OutputTokens: > 0 }));
        Assert.Equal(strategy, run.Strategy);
        Assert.NotNull(run.Answer);
        Assert.Equal(run.Clusters[0].Share, run.Agreement);

        using var found = await contested.App.Http.GetAsync(run.Links["self"]);
        Assert.Equal(Json(run), Json(await found.RunAsync() with { Request = null }));
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task AFaultInTheStepLeavesWhatThePanelVoted(string strategy, string fault, StepReason? reason)
    {
        contested.Fault = null;
        var voted = await AskAsync(Request("majority"));
        contested.Fault = fault;
        var run = await AskUntilNoTieAsync(strategy);
        var step = run.Steps![^1];

        if (reason is null)
        {
            // Mended when asked once more.
            Assert.Equal(StepStatus.Completed, step.Status);
            Assert.All(step.Calls.CountBy(call => call.Model), calls => Assert.True(calls.Value % 2 == 0));
            return;
        }

        Assert.Equal((StepStatus.FellBack, reason), (step.Status, step.Reason));
        Assert.Equal((RunStatus.Completed, voted.Outcome, voted.Answer!.Text, voted.Agreement), (run.Status, run.Outcome, run.Answer!.Text, run.Agreement));
        Assert.True(run.Degraded);
    }

    [Theory]
    [InlineData("ranked")]
    [InlineData("judge")]
    [InlineData("synthesis")]
    [InlineData("debate")]
    public async Task ADeadlineThatPassesInsideTheStepLeavesTheVoteInTime(string strategy)
    {
        contested.Fault = "timeout";
        var request = Request(strategy);
        request["deadlineMs"] = 2_000;
        var run = await AskAsync(request);

        Assert.Equal((StepStatus.FellBack, StepReason.Deadline), (run.Steps![^1].Status, run.Steps[^1].Reason));
        Assert.Equal(RunStatus.Completed, run.Status);
        Assert.NotNull(run.Answer);
        Assert.True(run.Timings!.TotalMs >= 1_900);
    }

    [Theory]
    [InlineData("ranked")]
    [InlineData("judge")]
    [InlineData("synthesis")]
    [InlineData("debate")]
    public async Task ACapThatAllowsThePanelButNotTheStepLeavesTheVote(string strategy)
    {
        contested.Fault = null;
        var request = Request(strategy);
        // Five answers of the panel at their worst, and less than one question of a step.
        request["maxOutputTokens"] = 200;
        request["maxCostUsd"] = 5 * 0.2m * ContestedApi.UsdPerThousand + 0.02m;
        var run = await AskAsync(request);

        Assert.Equal((StepStatus.FellBack, StepReason.CostLimit), (run.Steps![^1].Status, run.Steps[^1].Reason));
        Assert.All(run.Steps[^1].Calls, call => Assert.Equal((0, FailureReason.CostLimit), (call.Attempts, call.Error!.Reason)));
        Assert.NotNull(run.Answer);
        Assert.InRange(run.Usage!.CostUsd!.Value, 0.001m, 1.02m);
    }

    [Fact]
    public async Task AStreamTellsEveryStepAfterTheCandidatesItIsAbout()
    {
        contested.Fault = null;
        var client = new ConsensusClient(contested.App.Http);
        var events = new List<RunEvent>();
        await foreach (var happened in client.StreamAsync(
            new ConsensusRequest { Prompt = ContestedApi.Prompt, Answer = new AnswerRequest { Kind = AnswerKindName.Number }, Strategy = "ranked", Seed = contested.Seed }, CancellationToken.None))
        {
            events.Add(happened);
        }

        Assert.Equal(["vote", "rank"], events.OfType<StepEvent>().Select(e => e.Step.Name));
        Assert.True(events.FindLastIndex(e => e is CandidateEvent) < events.FindIndex(e => e is StepEvent));
        Assert.IsType<VerdictEvent>(events[^1]);
    }

    [Fact]
    public async Task RunsWhoseVotesHangOnEachOtherAreNotLearnedFrom()
    {
        contested.Fault = null;
        var log = contested.App.Services.GetRequiredService<RunLog>();
        foreach (var strategy in (string[])["majority", "ranked", "debate", "cascade"])
        {
            var run = await AskAsync(Request(strategy));
            using var labelled = await contested.App.PostAsync($"/v1/runs/{run.RunId}/label", """{"gold":"24715741"}""");
            Assert.True(labelled.IsSuccessStatusCode, await labelled.Content.ReadAsStringAsync());
        }

        var learned = await log.ReadLabelledAsync(DateTimeOffset.UnixEpoch, 100, CancellationToken.None);
        Assert.Equal(2, learned.Panels.Sum(panel => panel.Questions.Count));
    }

    /// <summary>How answers are shuffled hangs on the run's id, and simulated models are of no mind about answers other than their own: now and then they tie.</summary>
    private async Task<ConsensusResponse> AskUntilNoTieAsync(string strategy)
    {
        for (var attempt = 1; ; attempt++)
        {
            var run = await AskAsync(Request(strategy));
            // What the step came to may be a tie, and so may what a debate leaves.
            if (attempt == 20 || (run.Steps![^1].Reason != StepReason.Tie && run.Answer is not null))
            {
                return run;
            }
        }
    }

    private JsonObject Request(string strategy) => new()
    {
        ["prompt"] = ContestedApi.Prompt, ["answer"] = new JsonObject { ["kind"] = "number" }, ["strategy"] = strategy, ["seed"] = contested.Seed,
    };

    private async Task<ConsensusResponse> AskAsync(JsonObject request)
    {
        using var response = await contested.App.PostAsync("/v1/consensus", request);
        return await response.RunAsync();
    }

    private static string Json(ConsensusResponse run) => JsonSerializer.Serialize(run, ConsensusJson.Default.ConsensusResponse);
}

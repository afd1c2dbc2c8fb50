using Consensus.ApiService.Tests.FanOut;
using Consensus.ApiService.Tests.Runs;
using Consensus.Contracts.Runs;
using Consensus.LanguageModels.Calling;

namespace Consensus.ApiService.Tests.Steps;

/// <summary>What every step does when its models fail it: the vote holds, and the step says why.</summary>
public sealed class StepFaultTests
{
    private readonly RunRig rig = new();

    public static TheoryData<string> Strategies => ["ranked", "judge", "synthesis", "debate"];

    public static TheoryData<string, FailureReason> Faults
    {
        get
        {
            var faults = new TheoryData<string, FailureReason>();
            foreach (var strategy in (string[])["ranked", "judge", "synthesis", "debate"])
            {
                foreach (var reason in (FailureReason[])
                    [FailureReason.Refused, FailureReason.RateLimited, FailureReason.Unavailable, FailureReason.Timeout, FailureReason.Empty, FailureReason.Malformed, FailureReason.CircuitOpen])
                {
                    faults.Add(strategy, reason);
                }
            }

            return faults;
        }
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task WhenEveryModelFailsTheVoteHolds(string strategy, FailureReason reason)
    {
        rig.Models.Answer = call => call.IsStep() ? ScriptedModels.Fails(reason) : null;
        var run = await rig.ConductAsync(StepPlans.Of(strategy), "A", "A", "B", "C");

        var step = VoteHolds(run);
        Assert.Equal(StepReason.AllFailed, step.Reason);
        Assert.NotEmpty(step.Calls);
        Assert.All(step.Calls, call => Assert.Equal(reason, call.Error!.Reason));
    }

    [Theory]
    [MemberData(nameof(Strategies))]
    public async Task AReplyOfAnotherFormIsAskedForOnceMoreAndThenTheVoteHolds(string strategy)
    {
        rig.Models.Answer = call => call.IsStep() ? ScriptedModels.Says("I would say B.", 0.01m) : null;
        var run = await rig.ConductAsync(StepPlans.Of(strategy), "A", "A", "B", "C");

        var step = VoteHolds(run);
        Assert.Equal(StepReason.Malformed, step.Reason);
        Assert.All(step.Calls.CountBy(call => call.Model), calls => Assert.True(calls.Value % 2 == 0));
        Assert.All(step.Calls, call => Assert.Null(call.Error));
    }

    [Theory]
    [MemberData(nameof(Strategies))]
    public async Task AReplyWithoutTheTicketIsNone(string strategy)
    {
        rig.Models.Answer = call => !call.IsStep() ? null : ScriptedModels.Says(
            """{"ticket":"0000000000000000","rationale":"x","ranking":["A","B"],"answer":"B","error":"all of it","decision":"change"}""", 0.01m);

        Assert.Equal(StepReason.Malformed, VoteHolds(await rig.ConductAsync(StepPlans.Of(strategy), "A", "A", "B", "C")).Reason);
    }

    [Theory]
    [InlineData("ranked")]
    [InlineData("judge")]
    [InlineData("debate")]
    public async Task AWordThatIsNotOnTheMenuIsNone(string strategy)
    {
        rig.Models.Answer = call => !call.IsStep() ? null
            : strategy == "ranked" ? call.Reply(("rationale", ""), ("ranking", new System.Text.Json.Nodes.JsonArray("X", "Y")))
            : strategy == "judge" ? call.Grades("magnificent")
            : call.Reply(("error", "all of it"), ("decision", "perhaps"), ("answer", "B"));

        var run = await rig.ConductAsync(StepPlans.Of(strategy), "A", "A", "B", "C");

        Assert.Equal(StepReason.Malformed, VoteHolds(run).Reason);
    }

    [Theory]
    [MemberData(nameof(Strategies))]
    public async Task ADeadlineThatPassesInsideTheStepEndsIt(string strategy)
    {
        Panel("A", "A", "B", "C");
        var run = await CutAsync(strategy);

        var step = VoteHolds(run);
        Assert.Equal(StepReason.Deadline, step.Reason);
        Assert.All(step.Calls, call => Assert.Equal(FailureReason.Timeout, call.Error!.Reason));
        // The clock goes on until the run is back, so only the lower end is certain.
        Assert.True(run.Timings!.TotalMs >= Plans.Deadline.TotalMilliseconds);
        Assert.Null(run.Usage!.CostUsd);
    }

    [Theory]
    [MemberData(nameof(Strategies))]
    public async Task ModelsThatIgnoreTheirCancellationDoNotHoldUpTheStep(string strategy)
    {
        Panel("A", "A", "B", "C");
        rig.Models.Stubborn.UnionWith(["m0", "m1", "m2", "m3", "j0", "j1", "j2"]);
        var run = await CutAsync(strategy);

        Assert.Equal(StepReason.Deadline, VoteHolds(run).Reason);
        Assert.True(run.Timings!.TotalMs >= Plans.Deadline.TotalMilliseconds);
    }

    [Theory]
    [MemberData(nameof(Strategies))]
    public async Task ThePanelLeavesTimeForTheStep(string strategy)
    {
        rig.Models.Answer = call => call.IsStep() ? ScriptedModels.Fails(FailureReason.Refused) : call.Model == "m3" ? null : ScriptedModels.Says(call.Model == "m2" ? "B" : "A", 0.01m);
        var conducting = rig.ConductAsync(StepPlans.Of(strategy));
        await rig.Models.AskedAsync(4);
        rig.Time.Advance(0.6 * Plans.Deadline);
        var run = await Ending.OfAsync(conducting, rig.Time);

        Assert.Equal(FailureReason.Timeout, run.Candidates![3].Error!.Reason);
        Assert.True(run.Timings!.TotalMs >= 0.6 * Plans.Deadline.TotalMilliseconds);
        Assert.Equal(StepReason.AllFailed, run.Steps![1].Reason);
    }

    [Theory]
    [MemberData(nameof(Strategies))]
    public async Task ACapThatAllowsThePanelButNotTheStepLeavesTheVote(string strategy)
    {
        var run = await rig.ConductAsync(StepPlans.Of(strategy) with { MaxCostUsd = 0.045m }, "A", "A", "B", "C");

        var step = VoteHolds(run);
        Assert.Equal(StepReason.CostLimit, step.Reason);
        Assert.Equal(4, rig.Models.Calls.Count);
        Assert.All(step.Calls, call => Assert.Equal((0, FailureReason.CostLimit), (call.Attempts, call.Error!.Reason)));
        Assert.Equal(0.04m, run.Usage!.CostUsd);
    }

    [Theory]
    [MemberData(nameof(Strategies))]
    public async Task ACallerWhoGoesAwayInsideTheStepCancelsTheRun(string strategy)
    {
        using var caller = new CancellationTokenSource();
        Panel("A", "A", "B", "C");
        var conducting = rig.ConductAsync(StepPlans.Of(strategy), callerGone: caller.Token);
        await rig.Models.AskedAsync(5);
        await caller.CancelAsync();
        var run = await Ending.OfAsync(conducting);

        Assert.Equal((RunStatus.Cancelled, "caller_gone", null), (run.Status, run.StatusReason, run.Outcome));
        Assert.Equal(4, run.Candidates!.Count(c => c.Answer is not null));
        Assert.Equal(RunStatus.Cancelled, Assert.Single(rig.Stored).Run.Status);
    }

    [Theory]
    [MemberData(nameof(Strategies))]
    public async Task AFaultOfOurOwnLeavesTheVote(string strategy)
    {
        var plan = StepPlans.Of(strategy);
        rig.Models.Answer = call => call.IsStep() ? throw new InvalidOperationException("secret") : null;
        var run = await rig.ConductAsync(plan, "A", "A", "B", "C");

        VoteHolds(run);
    }

    [Theory]
    [MemberData(nameof(Strategies))]
    public async Task APanelThatFailedWholeTakesNoStep(string strategy)
    {
        var run = await rig.ConductAsync(StepPlans.Of(strategy), null, null, null, null);

        Assert.Equal((RunStatus.Failed, "panel_failed", 4), (run.Status, run.StatusReason, rig.Models.Calls.Count));
        Assert.Empty(run.Steps!);
    }

    [Theory]
    [MemberData(nameof(Strategies))]
    public async Task TheTimeOfTheStepIsNoOverhead(string strategy)
    {
        Panel("A", "A", "B", "C");
        var conducting = rig.ConductAsync(StepPlans.Of(strategy));
        await rig.Models.AskedAsync(5);
        await Consensus.Testing.Eventually.HoldsAsync(() => rig.Models.Calls.Count >= (strategy switch { "synthesis" => 5, "judge" => 13, _ => 8 }));
        rig.Time.Advance(TimeSpan.FromMilliseconds(300));
        foreach (var call in rig.Models.Calls.Skip(4))
        {
            call.End(ScriptedModels.Fails(FailureReason.Refused) with { Latency = TimeSpan.FromMilliseconds(300) });
        }

        var run = await Ending.OfAsync(conducting);
        Assert.Equal(new TimingsBody(300, 300, 0), run.Timings);
        Assert.Equal(300, run.Steps![1].LatencyMs);
    }

    /// <summary>Asserts that the run is what its vote came to, and gives the step that fell back.</summary>
    private static StepBody VoteHolds(ConsensusResponse run)
    {
        Assert.Equal((RunStatus.Completed, Outcome.Plurality, "A", 0.5, true), (run.Status, run.Outcome, run.Answer!.Text, run.Agreement, run.Degraded));
        Assert.Equal(["A", "B", "C"], run.Clusters.Select(c => c.Answer.Text));
        Assert.Equal(2, run.Steps!.Count);
        Assert.Equal(("vote", StepStatus.Completed), (run.Steps[0].Name, run.Steps[0].Status));
        Assert.Equal(StepStatus.FellBack, run.Steps[1].Status);
        Assert.NotNull(run.Steps[1].Message);
        return run.Steps[1];
    }

    /// <summary>A run whose time is up while the step is at work.</summary>
    private async Task<ConsensusResponse> CutAsync(string strategy)
    {
        var conducting = rig.ConductAsync(StepPlans.Of(strategy));
        await rig.Models.AskedAsync(5);
        return await Ending.OfAsync(conducting, rig.Time, TimeSpan.FromSeconds(1));
    }

    /// <summary>The panel answers at once; the questions of the step wait.</summary>
    private void Panel(params string[] says) =>
        rig.Models.Answer = call => call.IsStep() || !call.Model.StartsWith('m') ? null : ScriptedModels.Says(says[call.Model[1] - '0'], 0.01m);
}

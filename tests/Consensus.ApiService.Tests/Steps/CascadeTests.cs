using Consensus.ApiService.Runs;
using Consensus.ApiService.Steps;
using Consensus.ApiService.Tests.FanOut;
using Consensus.ApiService.Tests.Runs;
using Consensus.Contracts;
using Consensus.Contracts.Runs;

namespace Consensus.ApiService.Tests.Steps;

public sealed class CascadeTests
{
    private readonly RunRig rig = new();

    [Fact]
    public async Task ACheapTierThatAgreesIsEnoughAndTheRestIsNeverAsked()
    {
        var run = await rig.ConductAsync(Plan(2, 2, 1), "A", "A", "B", "B", "B");

        Assert.Equal((Outcome.Consensus, 1.0, "A"), (run.Outcome, run.Agreement, run.Answer!.Value!.Value.GetString()));
        Assert.Equal(2, rig.Models.Calls.Count);
        Assert.Equal(new CallsBody(2, 5, true), run.Calls);
        Assert.Equal([StepStatus.Completed, StepStatus.Skipped, StepStatus.Skipped], run.Steps!.Select(s => s.Status));
        Assert.Equal([null, StepReason.Enough, StepReason.Enough], run.Steps!.Select(s => s.Reason));
        Assert.All(run.Steps!, step => Assert.Equal(("tier", 0), (step.Name, step.Calls.Count)));
        Assert.Equal(new UsageBody(20, 10, 0.02m), run.Steps![0].Usage);
        Assert.Equal((run.Usage, null), (run.Steps[0].Usage, run.Steps[1].Usage));
        Assert.Equal("m0,m1", string.Join(',', run.Steps[0].Details!.Value.GetProperty("models").EnumerateArray()));
        Assert.Equal("cascade", run.Strategy);
        Assert.Equal("dirichlet_multinomial", run.Confidence!.Method);
        Assert.False(run.Degraded);
    }

    [Fact]
    public async Task ATierThatDisagreesBringsTheNextAndAllOfThemVote()
    {
        var run = await rig.ConductAsync(Plan(2, 2, 1), "A", "B", "B", "B", "B");

        Assert.Equal((Outcome.Consensus, 0.75, "B"), (run.Outcome, run.Agreement, run.Answer!.Value!.Value.GetString()));
        Assert.Equal([0, 1, 2, 3], run.Candidates!.Select(c => c.Id));
        Assert.Equal([StepStatus.Completed, StepStatus.Completed, StepStatus.Skipped], run.Steps!.Select(s => s.Status));
        Assert.Equal("no_consensus", run.Steps![0].Details!.Value.GetProperty("vote").GetProperty("outcome").GetString());
        Assert.Equal([2, 3], run.Steps[1].Details!.Value.GetProperty("candidates").EnumerateArray().Select(c => c.GetInt32()));
    }

    [Fact]
    public async Task OneModelAloneIsNeverEnoughAndAPanelThatNeverAgreesIsAskedWhole()
    {
        var run = await rig.ConductAsync(Plan(1, 1, 1), "A", "B", "C");

        Assert.Equal((Outcome.NoConsensus, 3, false), (run.Outcome, rig.Models.Calls.Count, run.Calls!.StoppedEarly));
        Assert.All(run.Steps!, step => Assert.Equal(StepStatus.Completed, step.Status));
    }

    [Theory]
    [InlineData(1, 0, false)] // agreement short
    [InlineData(0, 1, false)] // confidence short
    [InlineData(0.6, 0.4, true)]
    public async Task BothThresholdsMustBeReached(double agreement, double confidence, bool stops)
    {
        var plan = Plan(3, 1);
        plan = plan with { Steps = plan.Steps! with { Cascade = plan.Steps.Cascade! with { Agreement = agreement, Confidence = confidence } } };
        var run = await rig.ConductAsync(plan, "A", "A", "B", "A");

        Assert.Equal(stops, run.Calls!.StoppedEarly);
    }

    [Fact]
    public async Task ATierThatFailsIsAnsweredForByTheNext()
    {
        var run = await rig.ConductAsync(OfTwo(Plan(2, 2)), null, null, "A", "A");

        Assert.Equal((Outcome.Plurality, 0.5, true), (run.Outcome, run.Agreement, run.Degraded));
        Assert.Equal(System.Text.Json.JsonValueKind.Null, run.Steps![0].Details!.Value.GetProperty("vote").ValueKind);
    }

    [Fact]
    public async Task ATierThatHangsLeavesHalfOfTheDeadlineToTheNext()
    {
        var conducting = rig.ConductAsync(OfTwo(Plan(2, 2)));
        await rig.Models.AskedAsync(2);
        rig.Models.Instant["m2"] = rig.Models.Instant["m3"] = ScriptedModels.Says("A");
        var run = await Ending.OfAsync(conducting, rig.Time);

        Assert.Equal([FailureReason.Timeout, FailureReason.Timeout, null, null], run.Candidates!.Select(c => c.Error?.Reason));
        Assert.Equal(Outcome.Plurality, run.Outcome);
        Assert.True(run.Timings!.TotalMs >= Plans.Deadline.TotalMilliseconds / 2);
    }

    [Fact]
    public async Task TheDeadlineHoldsOverAllTiers()
    {
        var conducting = rig.ConductAsync(Plan(1, 1, 1));
        await rig.Models.AskedAsync(1);
        rig.Models.Call("m0").Says("A");
        var run = await Ending.OfAsync(conducting, rig.Time);

        Assert.Equal((RunStatus.Completed, 3), (run.Status, run.Candidates!.Count));
        Assert.Equal([null, FailureReason.Timeout, FailureReason.Timeout], run.Candidates!.Select(c => c.Error?.Reason));
    }

    [Fact]
    public async Task OneCapHoldsOverAllTiers()
    {
        var run = await rig.ConductAsync(Plan(2, 2) with { MaxCostUsd = 0.03m }, "A", "B", "B", "B");

        Assert.Equal([null, null, null, FailureReason.CostLimit], run.Candidates!.Select(c => c.Error?.Reason));
        Assert.Equal(0.03m, run.Usage!.CostUsd);
    }

    [Fact]
    public async Task APanelThatFailedWholeIsAFailedRunThatTellsItsTiers()
    {
        var run = await rig.ConductAsync(Plan(1, 1), null, null);

        Assert.Equal((RunStatus.Failed, "panel_failed", 2), (run.Status, run.StatusReason, run.Steps!.Count));
    }

    [Fact]
    public async Task ACallerWhoGoesAwayEndsTheCascade()
    {
        using var caller = new CancellationTokenSource();
        var conducting = rig.ConductAsync(Plan(1, 1), callerGone: caller.Token);
        await rig.Models.AskedAsync(1);
        await caller.CancelAsync();
        var run = await Ending.OfAsync(conducting);

        Assert.Equal((RunStatus.Cancelled, "caller_gone", 1), (run.Status, run.StatusReason, run.Candidates!.Count));
    }

    [Fact]
    public async Task AWatcherSeesEveryTierAfterItsCandidates()
    {
        var watcher = new StepWatcher();
        rig.Models.Instant["m0"] = ScriptedModels.Says("A");
        rig.Models.Instant["m1"] = ScriptedModels.Says("B");
        await Ending.OfAsync(rig.ConductAsync(Plan(1, 1), watcher));

        Assert.Equal(["run cascade", "candidate 0", "clusters 1/1", "step tier Completed", "candidate 1", "clusters 2/2", "step tier Completed"], watcher.Events);
    }

    private static RunPlan OfTwo(RunPlan plan) => plan with { Decision = plan.Decision with { MinResponses = 2 } };

    private static RunPlan Plan(params int[] tiers)
    {
        var plan = Plans.Of(tiers.Sum());
        var from = 0;
        return plan with
        {
            Steps = new StepPlan(StepStrategies.Find("cascade")!)
            {
                Cascade = new CascadePlan(
                    [.. tiers.Select(count => plan.Models.Skip((from += count) - count).Take(count).ToArray())], Limits.CascadeAgreement, Limits.CascadeConfidence),
            },
        };
    }
}

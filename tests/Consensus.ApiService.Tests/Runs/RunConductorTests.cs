using Consensus.ApiService.Runs;
using Consensus.ApiService.Tests.FanOut;
using Consensus.Contracts.Errors;
using Consensus.Contracts.Runs;
using Consensus.Core.Answers;
using Consensus.Core.Deciding;
using Consensus.Storage.Runs;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Consensus.ApiService.Tests.Runs;

public sealed class RunConductorTests
{
    private readonly RunRig rig = new();

    [Fact]
    public async Task APanelThatAgreesGivesAnAnswerWithEverythingThatSupportsIt()
    {
        var plan = Plans.Of(4);
        var run = await rig.ConductAsync(plan, "A", "I think (A).", "B", "A");

        Assert.Equal((RunStatus.Completed, Outcome.Consensus, null), (run.Status, run.Outcome, run.StatusReason));
        Assert.Equal(("A", AnswerKindName.Choice), (run.Answer!.Value!.Value.GetString(), run.Answer.Kind));
        Assert.Equal((0.75, 0.5), (run.Agreement, run.Margin));
        Assert.InRange(run.Confidence!.Raw!.Value, 0.5, 1);
        Assert.Equal((null, null, "dirichlet_multinomial"), (run.Confidence.Calibrated, run.Confidence.CalibrationVersion, run.Confidence.Method));
        Assert.Equal(StabilityLevel.Stable, run.Stability!.Level);
        Assert.NotNull(run.Stability.ByFamily);
        Assert.Equal(["0,1,3", "2"], run.Clusters.Select(c => string.Join(',', c.Candidates)));
        Assert.Equal([0, 1], run.Clusters.Select(c => c.Id));
        Assert.Equal([0, 0, 1, 0], run.Candidates!.Select(c => c.Cluster!.Value));
        Assert.All(run.Candidates!, c => Assert.Equal((CandidateStatus.Answered, 1.0), (c.Status, c.Weight)));
        Assert.Equal("I think (A).", run.Candidates![1].Text);
        Assert.Equal(new CallsBody(4, 4, false), run.Calls);
        Assert.Equal(new UsageBody(40, 20, 0.04m), run.Usage);
        Assert.False(run.Degraded);
        Assert.False(run.AgreementIsLowerBound);
        Assert.Equal($"/v1/runs/{plan.RunId}", run.Links["self"]);
        Assert.Equal((plan.RunId, plan.RequestId, plan.CreatedAt), (run.RunId, run.RequestId, run.CreatedAt));
        Assert.True(run.StartedAt >= run.CreatedAt && run.FinishedAt >= run.StartedAt);
    }

    [Fact]
    public async Task ATieHasNoAnswerButShowsItsLeaders()
    {
        var run = await rig.ConductAsync(Plans.Of(4), "A", "A", "B", "B");

        Assert.Equal((RunStatus.Completed, Outcome.NoConsensus), (run.Status, run.Outcome));
        Assert.Null(run.Answer);
        Assert.Null(run.Confidence!.Raw);
        Assert.Equal(2, run.Clusters.Count);
    }

    [Fact]
    public async Task FailuresAndTextsWithoutAnAnswerStayInTheDenominatorWithTheirReasons()
    {
        var run = await rig.ConductAsync(Plans.Of(5), "A", "A", "A", "I would rather not say.", null);

        Assert.Equal(0.6, run.Agreement);
        Assert.Equal((CandidateStatus.NoAnswer, FailureReason.NoAnswer), (run.Candidates![3].Status, run.Candidates[3].Error!.Reason));
        Assert.Equal("I would rather not say.", run.Candidates[3].Text);
        Assert.Null(run.Candidates[3].Cluster);
        Assert.Equal((CandidateStatus.Failed, FailureReason.Unavailable), (run.Candidates[4].Status, run.Candidates[4].Error!.Reason));
        Assert.True(run.Degraded);
    }

    [Fact]
    public async Task ATextWithoutAnAnswerAloneDoesNotDegradeARun() =>
        Assert.False((await rig.ConductAsync(Plans.Of(3), "A", "A", "I would rather not say.")).Degraded);

    [Fact]
    public async Task TextsWithoutAnyAnswerAreACompletedRunThatMissedItsQuorum()
    {
        var run = await rig.ConductAsync(Plans.Of(2), "I would rather not say.", "Nor would I.");

        Assert.Equal((RunStatus.Completed, Outcome.QuorumNotMet), (run.Status, run.Outcome));
        Assert.Empty(run.Clusters);
    }

    [Fact]
    public async Task APanelThatFailedWholeIsAFailedRunAndStoredAsOne()
    {
        var run = await rig.ConductAsync(Plans.Of(2), null, null);

        Assert.Equal((RunStatus.Failed, "panel_failed", null), (run.Status, run.StatusReason, run.Outcome));
        Assert.Null(run.Agreement);
        Assert.Equal(2, run.Candidates!.Count);
        Assert.Equal(RunStatus.Failed, Assert.Single(rig.Stored).Run.Status);
    }

    [Fact]
    public async Task ADeadlineWithoutAnyTextFailsTheRunAsSuch()
    {
        var conducting = rig.ConductAsync(Plans.Of(2));
        await rig.Models.AskedAsync(2);
        rig.Models.Call("m0").Fails(FailureReason.Unavailable);
        var run = await Ending.OfAsync(conducting, rig.Time);

        Assert.Equal((RunStatus.Failed, "deadline_exceeded"), (run.Status, run.StatusReason));
        Assert.Equal([FailureReason.Unavailable, FailureReason.Timeout], run.Candidates!.Select(c => c.Error!.Reason));
    }

    [Fact]
    public async Task TheDeadlineDecidesWithWhatArrived()
    {
        var conducting = rig.ConductAsync(Plans.Of(3));
        await rig.Models.AskedAsync(3);
        rig.Models.Call("m0").Says("A", 0.01m);
        rig.Models.Call("m2").Says("A", 0.01m);
        var run = await Ending.OfAsync(conducting, rig.Time);

        Assert.Equal((RunStatus.Completed, Outcome.Consensus), (run.Status, run.Outcome));
        Assert.True(run.Degraded);
        Assert.False(run.AgreementIsLowerBound);
        Assert.False(run.Calls!.StoppedEarly);
        Assert.Null(run.Usage!.CostUsd);
        Assert.InRange(run.Timings!.SlowestCallMs!.Value, Plans.Deadline.TotalMilliseconds, run.Timings.TotalMs);
    }

    [Fact]
    public async Task AnEarlyStopDoesNotDegradeButMakesTheAgreementALowerBound()
    {
        var conducting = rig.ConductAsync(Plans.Of(3, EarlyStop.Certain));
        await rig.Models.AskedAsync(3);
        rig.Models.Call("m0").Says("A");
        rig.Models.Call("m1").Says("A");
        var run = await Ending.OfAsync(conducting);

        Assert.Equal(Outcome.Consensus, run.Outcome);
        Assert.True(run.AgreementIsLowerBound);
        Assert.False(run.Degraded);
        Assert.Equal(new CallsBody(3, 3, true), run.Calls);
        Assert.Equal(2.0 / 3, run.Agreement!.Value, 9);
        Assert.Equal(FailureReason.Cancelled, run.Candidates![2].Error!.Reason);
    }

    [Fact]
    public async Task ModelsNeverAskedAreNoCandidates()
    {
        var run = await rig.ConductAsync(Plans.Of(5, EarlyStop.Adaptive), "A", "A", "A", "B", "B");

        Assert.Equal((Outcome.Consensus, 1.0), (run.Outcome!.Value, run.Agreement!.Value));
        Assert.Equal(3, run.Candidates!.Count);
        Assert.Equal(new CallsBody(3, 5, true), run.Calls);
        Assert.False(run.AgreementIsLowerBound);
    }

    [Fact]
    public async Task ARunWhoseCallerWentAwayIsStoredAsCancelledWithWhatHadFinished()
    {
        using var caller = new CancellationTokenSource();
        var conducting = rig.ConductAsync(Plans.Of(3) with { KeyId = "key-1" }, callerGone: caller.Token);
        await rig.Models.AskedAsync(3);
        rig.Models.Call("m0").Says("A");
        await caller.CancelAsync();
        await Ending.OfAsync(conducting);

        var record = Assert.Single(rig.Stored);
        Assert.Equal(("key-1", "api-1"), (record.KeyId, record.Instance));
        Assert.Equal((RunStatus.Cancelled, "caller_gone", null), (record.Run.Status, record.Run.StatusReason, record.Run.Outcome));
        Assert.Equal([CandidateStatus.Answered, CandidateStatus.Failed, CandidateStatus.Failed], record.Run.Candidates!.Select(c => c.Status));
        Assert.Equal("A", record.Run.Candidates![0].Answer!.Value!.Value.GetString());
        Assert.All(rig.StoreTokens, token => Assert.False(token.CanBeCanceled));
    }

    [Fact]
    public async Task ARunIsStoredWholeWithItsRequestBeforeItIsAnswered()
    {
        var plan = Plans.Of(2);
        var run = await rig.ConductAsync(plan, "A", "A");

        var stored = Assert.Single(rig.Stored).Run;
        Assert.Same(plan.Request, stored.Request);
        Assert.Equal(2, stored.Candidates!.Count);
        Assert.Equal(run, stored);
    }

    [Fact]
    public async Task ARequiredLogThatFailsLetsNoAnswerOut()
    {
        rig.StoreFails = new RunLogUnavailableException("disk full");
        await Assert.ThrowsAnyAsync<RunLogUnavailableException>(() => rig.ConductAsync(Plans.Of(1), "A"));
    }

    [Fact]
    public async Task ALogThatIsNotRequiredMayFailButNothingLinksToIt()
    {
        rig.Log.Required = false;
        rig.StoreFails = new RunLogUnavailableException("disk full");
        var run = await rig.ConductAsync(Plans.Of(2), "A", "A");

        Assert.Equal(Outcome.Consensus, run.Outcome);
        Assert.Empty(run.Links);
    }

    [Fact]
    public async Task ADisabledLogStoresNothing()
    {
        rig.Log.Enabled = false;
        var run = await rig.ConductAsync(Plans.Of(2), "A", "A");

        Assert.Equal(Outcome.Consensus, run.Outcome);
        Assert.Empty(run.Links);
        Assert.Empty(rig.Stored);
    }

    [Fact]
    public async Task AnswersThatCannotBeDecidedOnAreKeptWithTheFailedRun()
    {
        var plan = Plans.Of(2) with
        {
            Decision = new DecisionInput { Candidates = [], Form = new AnswerForm { Kind = AnswerKind.Json, Accepts = _ => throw new InvalidOperationException("secret") } },
        };
        var run = await rig.ConductAsync(plan, "[1]", "[2]");

        Assert.Equal((RunStatus.Failed, "internal", null), (run.Status, run.StatusReason, run.Outcome));
        Assert.Equal(["[1]", "[2]"], Assert.Single(rig.Stored).Run.Candidates!.Select(c => c.Text));
        Assert.Equal((ErrorCatalog.InternalError, run.RunId), (RunResult.Failure(run)!.Code, RunResult.Failure(run)!.RunId));
    }

    [Fact]
    public async Task ACallerWhoHasGoneIsNoError()
    {
        var run = new ConsensusResponse { RunId = Guid.NewGuid(), Status = RunStatus.Cancelled, StatusReason = "caller_gone", Strategy = "majority" };
        var http = new DefaultHttpContext { RequestServices = new ServiceCollection().AddLogging().BuildServiceProvider() };

        await RunResult.Of(run, IncludedParts.Candidates).ExecuteAsync(http);

        Assert.Null(RunResult.Failure(run));
        Assert.Equal(StatusCodes.Status499ClientClosedRequest, http.Response.StatusCode);
    }
}

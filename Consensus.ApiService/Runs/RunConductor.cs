using System.Diagnostics;
using Consensus.ApiService.Errors;
using Consensus.ApiService.FanOut;
using Consensus.ApiService.Fitting;
using Consensus.ApiService.Gates;
using Consensus.ApiService.Provenance;
using Consensus.ApiService.Steps;
using Consensus.ApiService.Telemetry;
using Consensus.Contracts.Policies;
using Consensus.Contracts.Runs;
using Consensus.Core.Answers;
using Consensus.Core.Deciding;
using Consensus.LanguageModels.Calling;
using Consensus.Storage.Fitting;

namespace Consensus.ApiService.Runs;

/// <summary>Conducts a run from plan to stored response: asks, decides, stores. A failed panel is a response with status <c>failed</c>, not an exception.</summary>
internal sealed partial class RunConductor(PanelFanOut fanOut, RunRecorder recorder, FittedHolder fitted, Lineages lineages, TimeProvider time, ILogger<RunConductor> logger)
{
    private static readonly OnlyVote OnlyVote = new();

    /// <param name="plan">What to ask and how to decide.</param>
    /// <param name="watch">Receives events as they happen; <c>null</c> when nobody watches. All of them are out when the run is returned.</param>
    /// <param name="callerGone">Cancelled when the caller goes away: the run is then stored as <c>cancelled</c> with what had finished.</param>
    /// <param name="whyGone">Says why, of <see cref="StatusReasons"/>; <c>null</c>: the caller went away.</param>
    /// <returns>The whole response, candidates and stored request included whatever the request's <c>include</c> says.</returns>
    /// <exception cref="Storage.Runs.RunLogUnavailableException">The run could not be stored and the log is required.</exception>
    public async Task<ConsensusResponse> ConductAsync(RunPlan plan, IRunWatcher? watch, CancellationToken callerGone, Func<string>? whyGone = null)
    {
        using var active = LiveMetrics.Run();
        using var span = ApiTelemetry.Source.StartActivity(ApiTelemetry.RunSpan);
        // Read once: a document that comes in force meanwhile is for later runs.
        var learned = fitted.Current;
        plan = plan with { Decision = FittedHolder.Teach(plan.Decision, learned, plan.Request.Category, plan.EarlyStop) };
        var feed = RunFeed.Start(plan, watch, logger, callerGone);
        try
        {
            var startedAt = time.GetUtcNow();
            var clock = time.GetTimestamp();
            if (plan.Policy is { IsRefused: true } refused)
            {
                return await recorder.RecordAsync(lineages.Trace(Refused(plan, refused, startedAt), plan, null, learned), plan.KeyId);
            }

            var steps = new StepRun(plan, fanOut, feed, (step, fault) => LogStepFault(step, plan.RunId, fault), callerGone);
            var run = await DecideAsync(plan, steps, learned);
            run = run.StatusReason == StatusReasons.CallerGone && whyGone is not null ? run with { StatusReason = whyGone() } : run;
            var total = time.GetElapsedTime(clock);
            run = run with { StartedAt = startedAt, FinishedAt = startedAt + total, Timings = RunTotals.Timings(steps.Answers!, steps.Calls, total, time) };
            RunSpans.Describe(span, run);
            run = lineages.Trace(run, plan, steps, learned);
            return await recorder.RecordAsync(run, plan.KeyId, plan.Judge?.JobFor(run, time.GetUtcNow()));
        }
        catch (Exception fault)
        {
            span?.SetStatus(ActivityStatusCode.Error, fault.GetType().Name);
            throw;
        }
        finally
        {
            if (feed is not null)
            {
                await feed.CompleteAsync();
            }
        }
    }

    /// <summary>Where the run will be found; <c>null</c> when runs are not stored.</summary>
    public string? LocationOf(Guid runId) => recorder.LocationOf(runId);

    private async Task<ConsensusResponse> DecideAsync(RunPlan plan, StepRun steps, FittedState? learned)
    {
        try
        {
            return Decided(plan, steps, await (plan.Steps?.Strategy ?? OnlyVote).TakeAsync(steps), learned);
        }
        catch (Exception fault) when (steps.Answers is not null)
        {
            // The answers are there and may have been paid for: they are kept.
            LogFault(plan.RunId, FaultText.Of(fault));
            return Undecided(Begun(plan, steps, steps.Answers), StatusReasons.Internal, Candidates(steps.Answers));
        }
    }

    private static ConsensusResponse Decided(RunPlan plan, StepRun steps, StepsTaken taken, FittedState? learned)
    {
        var run = Begun(plan, steps, taken.Answers);
        var candidates = Candidates(taken.Answers);
        var reason = steps.WasAbandoned ? StatusReasons.CallerGone : PanelVote.WhyUndecided(taken.Answers);
        if (reason is not null || taken.Decision is not { } decision)
        {
            return Undecided(run, reason ?? StatusReasons.Internal, Read(candidates, PanelVote.Input(plan, taken.Answers)));
        }

        run = DecisionMapping.ToResponse(run, candidates, decision, learned?.VersionFor(candidates.Select(c => c.Model), decision.Kind), taken.FirstAnswers);
        run = taken.Written is { } written && run.Answer is not null ? run with { Answer = DecisionMapping.ToWire(written) } : run;
        return plan.Policy is { } policy ? PolicyGate.Release(run, policy) : run;
    }

    private static ConsensusResponse Begun(RunPlan plan, StepRun steps, PanelAnswers answers) => new()
    {
        RunId = plan.RunId,
        RequestId = plan.RequestId,
        Kind = plan.Kind,
        Status = RunStatus.Completed,
        Strategy = plan.Strategy,
        AgreementIsLowerBound = answers.Calls.Any(c => c.StoppedBy == FanOutEnd.Enough),
        Calls = new CallsBody(answers.Calls.Count(c => c.Reply.Attempts > 0), answers.PanelSize, answers.End == FanOutEnd.Enough),
        Usage = RunTotals.Usage(answers.Calls.Select(c => c.Reply).Concat(steps.Calls.Select(c => c.Reply).OfType<ModelReply>())),
        Degraded = steps.HasFailed || answers.Calls.Any(c => c.Reply.Failure is not null && c.StoppedBy is not (FanOutEnd.Enough or FanOutEnd.CallerGone)),
        Steps = plan.Steps is null ? null : [.. steps.Steps],
        Gate = plan.Policy?.Body(GateDecision.Passed),
        Request = plan.Request,
        CreatedAt = plan.CreatedAt,
    };

    /// <summary>A run that the policy let ask nobody: it is on the record like any other.</summary>
    private static ConsensusResponse Refused(RunPlan plan, PolicyCheck check, DateTimeOffset now) => new()
    {
        RunId = plan.RunId,
        RequestId = plan.RequestId,
        Kind = plan.Kind,
        Status = RunStatus.Completed,
        Strategy = plan.Strategy,
        Candidates = [],
        Calls = new CallsBody(0, PanelCall.Of(plan).Count, false),
        Gate = check.Body(GateDecision.Refused),
        Request = plan.Request,
        CreatedAt = plan.CreatedAt,
        StartedAt = now,
        FinishedAt = now,
    };

    private static ConsensusResponse Undecided(ConsensusResponse run, string reason, CandidateBody[] candidates) => run with
    {
        Status = reason == StatusReasons.CallerGone ? RunStatus.Cancelled : RunStatus.Failed,
        StatusReason = reason,
        AgreementIsLowerBound = false,
        Candidates = candidates,
    };

    private static CandidateBody[] Candidates(PanelAnswers answers) => [.. answers.Calls.Select(CandidateMapping.ToCandidate)];

    private static CandidateBody[] Read(CandidateBody[] candidates, DecisionInput input)
    {
        var answers = AnswerReader.Read([.. input.Candidates.Select(c => c.Text)], input.Form).Answers;
        return [.. candidates.Select((c, i) => DecisionMapping.Read(c, answers[i]))];
    }

    [LoggerMessage(LogLevel.Error, "To decide run {RunId} failed: {Fault}")]
    private partial void LogFault(Guid runId, string fault);

    [LoggerMessage(LogLevel.Error, "The step {Step} of run {RunId} failed: {Fault}")]
    private partial void LogStepFault(string step, Guid runId, string fault);
}

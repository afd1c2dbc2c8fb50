using System.Diagnostics;
using Consensus.ApiService.Errors;
using Consensus.ApiService.FanOut;
using Consensus.ApiService.Fitting;
using Consensus.ApiService.Telemetry;
using Consensus.Contracts.Runs;
using Consensus.Core.Answers;
using Consensus.Core.Deciding;
using Consensus.Storage.Fitting;

namespace Consensus.ApiService.Runs;

/// <summary>Conducts a run from plan to stored response: asks, decides, stores. A failed panel is a response with status <c>failed</c>, not an exception.</summary>
internal sealed partial class RunConductor(PanelFanOut fanOut, RunRecorder recorder, FittedHolder fitted, TimeProvider time, ILogger<RunConductor> logger)
{
    /// <param name="plan">What to ask and how to decide.</param>
    /// <param name="watch">Receives events as they happen; <c>null</c> when nobody watches. All of them are out when the run is returned.</param>
    /// <param name="callerGone">Cancelled when the caller goes away: the run is then stored as <c>cancelled</c> with what had finished.</param>
    /// <returns>The whole response, candidates and stored request included whatever the request's <c>include</c> says.</returns>
    /// <exception cref="Storage.Runs.RunLogUnavailableException">The run could not be stored and the log is required.</exception>
    public async Task<ConsensusResponse> ConductAsync(RunPlan plan, IRunWatcher? watch, CancellationToken callerGone)
    {
        using var active = RunMetrics.Begin();
        using var span = ApiTelemetry.Source.StartActivity(ApiTelemetry.RunSpan);
        // Read once: a document that comes in force meanwhile is for later runs.
        var learned = fitted.Current;
        plan = plan with { Decision = FittedHolder.Teach(plan.Decision, learned, plan.Request.Category, plan.EarlyStop) };
        var feed = RunFeed.Start(plan, watch, logger, callerGone);
        try
        {
            var startedAt = time.GetUtcNow();
            var clock = time.GetTimestamp();
            var answers = await fanOut.AskAsync(plan, feed is null ? null : feed.Post, callerGone);
            var run = Decide(plan, answers, learned) with { StartedAt = startedAt };
            var total = time.GetElapsedTime(clock);
            run = run with { FinishedAt = startedAt + total, Timings = RunTotals.Timings(answers, total) };
            RunSpans.Describe(span, run);
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

    private ConsensusResponse Decide(RunPlan plan, PanelAnswers answers, FittedState? learned)
    {
        var candidates = answers.Calls.Select(CandidateMapping.ToCandidate).ToArray();
        var input = plan.Decision with { Candidates = [.. answers.Calls.Select(c => new CandidateText(c.Call.Model.Id, c.Call.Model.Family, c.Reply.Text))] };
        var stoppedEarly = answers.End == FanOutEnd.Enough;
        var run = new ConsensusResponse
        {
            RunId = plan.RunId,
            RequestId = plan.RequestId,
            Kind = RunKind.Consensus,
            Status = RunStatus.Completed,
            Strategy = plan.Decision.Strategy,
            AgreementIsLowerBound = answers.Calls.Any(c => c.StoppedBy == FanOutEnd.Enough),
            Calls = new CallsBody(answers.Calls.Count(c => c.Reply.Attempts > 0), answers.PanelSize, stoppedEarly),
            Usage = RunTotals.Usage(answers.Calls),
            Degraded = answers.Calls.Any(c => c.Reply.Failure is not null && c.StoppedBy is not (FanOutEnd.Enough or FanOutEnd.CallerGone)),
            Request = plan.Request,
            CreatedAt = plan.CreatedAt,
        };

        try
        {
            if (WhyUndecided(answers) is { } reason)
            {
                return Undecided(reason, Read(candidates, input));
            }

            var decision = Decider.Decide(input);
            return DecisionMapping.ToResponse(run, candidates, decision, learned?.VersionFor(candidates.Select(c => c.Model), decision.Kind));
        }
        catch (Exception fault)
        {
            // The answers are there and may have been paid for: they are kept.
            LogFault(plan.RunId, FaultText.Of(fault));
            return Undecided(StatusReasons.Internal, candidates);
        }

        ConsensusResponse Undecided(string reason, CandidateBody[] candidates) => run with
        {
            Status = reason == StatusReasons.CallerGone ? RunStatus.Cancelled : RunStatus.Failed,
            StatusReason = reason,
            AgreementIsLowerBound = false,
            Candidates = candidates,
        };
    }

    private static string? WhyUndecided(PanelAnswers answers) => answers.End switch
    {
        FanOutEnd.CallerGone => StatusReasons.CallerGone,
        _ when answers.Calls.Any(c => c.Reply.Text is not null) => null,
        FanOutEnd.Deadline when answers.Calls.Any(c => c.Reply.Failure == FailureReason.Timeout) => StatusReasons.DeadlineExceeded,
        _ => StatusReasons.PanelFailed,
    };

    private static CandidateBody[] Read(CandidateBody[] candidates, DecisionInput input)
    {
        var answers = AnswerReader.Read([.. input.Candidates.Select(c => c.Text)], input.Form).Answers;
        return [.. candidates.Select((c, i) => DecisionMapping.Read(c, answers[i]))];
    }

    [LoggerMessage(LogLevel.Error, "To decide run {RunId} failed: {Fault}")]
    private partial void LogFault(Guid runId, string fault);
}

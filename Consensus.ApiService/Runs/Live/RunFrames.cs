using Consensus.ApiService.Errors;
using Consensus.ApiService.Http;
using Consensus.Contracts.Runs;

namespace Consensus.ApiService.Runs.Live;

/// <summary>The events with which a run ends, and those of a run that has ended long ago.</summary>
internal static class RunFrames
{
    /// <summary>Before the ids of events that were made anew from the run log.</summary>
    public const string StoredPrefix = "stored-";

    public static readonly EventFrame Done = new(RunEventNames.Done, "{}"u8.ToArray());

    /// <summary>The verdict, or the problem of a run that failed or was stopped.</summary>
    public static EventFrame EndOf(ConsensusResponse run, IncludedParts included, string instance) => RunResult.Failure(run) is { } failure
        ? Error(failure, instance, run.RequestId)
        : EventFrame.Of(RunEventNames.Verdict, RunResult.Sent(run, included), WireJson.Default.ConsensusResponse);

    public static EventFrame Error(Problem problem, string instance, string? requestId) =>
        EventFrame.Of(RunEventNames.Error, problem.Body(instance, requestId), WireJson.Default.ProblemBody) with { Error = problem.Code };

    /// <summary>The number of the last event before the verdict.</summary>
    public static int BeforeEnd(RunEventLog ended) => ended.After(0, out _)[^1].Number - 2;

    /// <summary>The events of a finished run, from what is stored of it. Their order is always the same, so their numbers are too.</summary>
    public static RunEventLog Of(ConsensusResponse run)
    {
        var events = new RunEventLog(StoredPrefix);
        if (run is { Kind: not RunKind.Aggregate, Request: { } request })
        {
            events.Append(EventFrame.Of(
                RunEventNames.Run,
                new RunStarted(run.RunId, run.Strategy, request.Models, request.SamplesPerModel, request.DeadlineMs ?? 0, run.CreatedAt),
                WireJson.Default.RunStarted));
        }

        foreach (var candidate in run.Candidates ?? [])
        {
            events.Append(EventFrame.Of(RunEventNames.Candidate, candidate, WireJson.Default.CandidateBody));
        }

        foreach (var step in run.Steps ?? [])
        {
            events.Append(EventFrame.Of(RunEventNames.Step, step, WireJson.Default.StepBody));
        }

        events.Append(EndOf(run, IncludedParts.Candidates, RunLinks.Self(run.RunId)));
        events.Append(Done);
        events.End();
        return events;
    }
}

using Consensus.Contracts.Client;

namespace Consensus.Cli.Display;

/// <summary>The progress of a run as plain lines.</summary>
internal static class CandidateLines
{
    /// <summary>The line for an event; <c>null</c> where it has none.</summary>
    public static string? Of(RunEvent happened, RunProgress progress) => happened switch
    {
        RunStartedEvent { Run: var run } => $"run {run.RunId}: asking {Words.Count(progress.Asked, "answer")} of {Words.Names(run.Models)}",
        CandidateEvent { Candidate: var candidate } =>
            $"[{progress.Arrived}/{progress.Asked}] {Words.Who(candidate.Model, candidate.Sample, progress.Run?.SamplesPerModel ?? 1)}: {Words.What(candidate)}"
            + (candidate.LatencyMs is { } latency ? $" ({Words.Time(latency)})" : ""),
        _ => null,
    };
}

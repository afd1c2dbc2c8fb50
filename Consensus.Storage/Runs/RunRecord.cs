using Consensus.Contracts.Runs;
using Consensus.Storage.Scoring;

namespace Consensus.Storage.Runs;

/// <summary>A run as handed to the run log: whole and unredacted; the log applies the privacy level.</summary>
/// <param name="Run">The run with its request and every candidate.</param>
/// <param name="KeyId">The API key's name that the run belongs to; <c>null</c> without keys.</param>
/// <param name="Instance">The API process that conducts it; on start it marks its own leftovers as interrupted.</param>
/// <param name="Judge">
/// The judge job that is written in the same transaction; <c>null</c> for none. Of a run that did not complete, that cannot be judged as it is stored, or that has a
/// job already, none is made.
/// </param>
public sealed record RunRecord(ConsensusResponse Run, string? KeyId, string Instance, NewJudgeJob? Judge = null);

/// <summary>Which runs to list, newest first.</summary>
public sealed record RunFilter
{
    /// <summary>Created at or after.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Created before.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>Only this outcome.</summary>
    public Outcome? Outcome { get; init; }

    /// <summary>Only this status.</summary>
    public RunStatus? Status { get; init; }

    /// <summary>Only this strategy.</summary>
    public string? Strategy { get; init; }

    /// <summary>Only runs that asked this model.</summary>
    public string? Model { get; init; }

    /// <summary>Only runs with this tag.</summary>
    public string? Tag { get; init; }

    /// <summary>True: only runs with a judge job that is done; false: only those without.</summary>
    public bool? HasScore { get; init; }

    /// <summary>Only runs of this key; <c>null</c>: all.</summary>
    public string? KeyId { get; init; }

    /// <summary>Rows of the page.</summary>
    public int Limit { get; init; } = 50;

    /// <summary>The cursor of an earlier page.</summary>
    public string? Cursor { get; init; }
}

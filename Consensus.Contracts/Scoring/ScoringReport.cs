using Consensus.Contracts.Errors;

namespace Consensus.Contracts.Scoring;

/// <summary>What came of having stored runs judged: the output of <c>consensus score --json</c>.</summary>
/// <param name="Url">The API.</param>
/// <param name="Stopped">Whether it was stopped before every job had ended.</param>
/// <param name="Runs">One entry per run, in the order given.</param>
public sealed record ScoringReport(string Url, bool Stopped, IReadOnlyList<ScoredRun> Runs);

/// <summary>What came of having one run judged.</summary>
public sealed record ScoredRun
{
    /// <summary>The run.</summary>
    public required Guid RunId { get; init; }

    /// <summary>The job as it was last seen; <c>null</c> when none could be made.</summary>
    public JudgeJob? Job { get; init; }

    /// <summary>What judges made of the run; <c>null</c> while the job is not done.</summary>
    public RunScores? Scores { get; init; }

    /// <summary>Why there is no job, or why its scores could not be read; <c>null</c> otherwise.</summary>
    public ProblemBody? Problem { get; init; }
}

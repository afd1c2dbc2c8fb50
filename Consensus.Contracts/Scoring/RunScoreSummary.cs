namespace Consensus.Contracts.Scoring;

/// <summary>What judges made of a run, in short: the member <c>scores</c> of a stored run. The whole is at <c>/v1/runs/{id}/scores</c>.</summary>
public sealed record RunScoreSummary
{
    /// <summary>The newest job that is done.</summary>
    public required Guid JobId { get; init; }

    /// <summary>The rubric's name.</summary>
    public required string Rubric { get; init; }

    /// <summary>The best panel score among the candidates of the run's answer, 0 to 1; <c>null</c> when none was scored, or the run has no answer.</summary>
    public double? Score { get; init; }

    /// <summary>The candidate that has it.</summary>
    public int? Candidate { get; init; }

    /// <summary>As in <see cref="RunScores.Flags"/>.</summary>
    public required IReadOnlyList<string> Flags { get; init; }

    /// <summary>When the job was done.</summary>
    public DateTimeOffset? JudgedAt { get; init; }
}

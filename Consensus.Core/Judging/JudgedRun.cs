using System.Runtime.InteropServices;

namespace Consensus.Core.Judging;

/// <summary>All that a panel of judges said of a run's candidates, in numbers. Judges and candidates are named by their places.</summary>
public sealed record JudgedRun
{
    /// <summary>The candidates.</summary>
    public required IReadOnlyList<JudgedText> Candidates { get; init; }

    /// <summary>By rubric: one row per judge of the panel with one entry per candidate.</summary>
    public required IReadOnlyList<IReadOnlyList<RubricMark>> Marks { get; init; }

    /// <summary>The pairs that were compared, each once.</summary>
    public IReadOnlyList<ComparedPair> Pairs { get; init; } = [];

    /// <summary>The claims that were checked.</summary>
    public IReadOnlyList<CheckedClaim> Claims { get; init; } = [];
}

/// <summary>A candidate as the panel's figures see it.</summary>
/// <param name="Length">Its length in characters.</param>
/// <param name="Cluster">The cluster of its answer; <c>null</c> without one.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct JudgedText(int Length, int? Cluster);

/// <summary>What came of asking a judge to grade a candidate.</summary>
/// <param name="Asked">Whether it was to be graded; <c>false</c> for a recused judge.</param>
/// <param name="Score">The rubric score, 0 to 1; <c>null</c> when unscored.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct RubricMark(bool Asked, double? Score);

/// <summary>Two candidates that were shown side by side.</summary>
/// <param name="One">The place of output 1.</param>
/// <param name="Two">The place of output 2.</param>
/// <param name="Votes">One entry per judge; of one that was not asked, no usable verdict.</param>
public sealed record ComparedPair(int One, int Two, IReadOnlyList<TwoOrderVote> Votes)
{
    /// <summary>Whether any judge gave a verdict.</summary>
    public bool HasVerdict => Votes.Any(vote => vote.Usable > 0);
}

/// <summary>A claim of a candidate that was checked.</summary>
/// <param name="Candidate">The candidate's place.</param>
/// <param name="Labels">One entry per judge; <c>null</c> where there is none.</param>
public sealed record CheckedClaim(int Candidate, IReadOnlyList<ClaimLabel?> Labels);

/// <summary>How a claim stands to the texts that it was held against.</summary>
public enum ClaimLabel
{
    /// <summary>They bear it out.</summary>
    Supported,

    /// <summary>They speak against it.</summary>
    Contradicted,

    /// <summary>They say too little about it.</summary>
    NotEnough,
}

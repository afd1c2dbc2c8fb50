namespace Consensus.Core.Stability;

/// <summary>How firmly a verdict stands: the jackknife over the panel, the bootstrap, and how far models agree with themselves.</summary>
/// <param name="Level">The level in one word.</param>
/// <param name="Score">The share of leave-one-model-out panels that keep the verdict, 0 to 1; <c>null</c> when insufficient.</param>
/// <param name="FlipSet">The models whose absence alone would change the verdict, in ordinal order.</param>
/// <param name="FamilyScore">The same over families; <c>null</c> with fewer than two families.</param>
/// <param name="FamilyFlipSet">The families whose absence alone would change the verdict, in ordinal order.</param>
public sealed record StabilityReport(
    StabilityLevel Level, double? Score, IReadOnlyList<string> FlipSet, double? FamilyScore, IReadOnlyList<string> FamilyFlipSet)
{
    /// <summary>What resampled panels come to; <c>null</c> when insufficient and where it was not asked for.</summary>
    public BootstrapReport? Bootstrap { get; init; }

    /// <summary>One entry per model that was asked more than once, in ordinal order.</summary>
    public IReadOnlyList<ModelRepeatability> Repeatability { get; init; } = [];
}

namespace Consensus.Core.Stability;

/// <summary>The level of the stability signal.</summary>
public enum StabilityLevel
{
    /// <summary>No single model's absence changes the verdict.</summary>
    Stable,

    /// <summary>At least one model's absence would change the verdict.</summary>
    Fragile,

    /// <summary>There is no winner to be stable.</summary>
    Contested,

    /// <summary>Too few votes to say.</summary>
    Insufficient,
}

/// <summary>The jackknife over a panel.</summary>
/// <param name="Level">The level in one word.</param>
/// <param name="Score">The share of leave-one-model-out panels that keep the verdict, 0 to 1; <c>null</c> when insufficient.</param>
/// <param name="FlipSet">The models whose absence alone would change the verdict, in ordinal order.</param>
/// <param name="FamilyScore">The same over families; <c>null</c> with fewer than two families.</param>
/// <param name="FamilyFlipSet">The families whose absence alone would change the verdict, in ordinal order.</param>
public sealed record StabilityReport(
    StabilityLevel Level, double? Score, IReadOnlyList<string> FlipSet, double? FamilyScore, IReadOnlyList<string> FamilyFlipSet);

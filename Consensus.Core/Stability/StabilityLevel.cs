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

namespace Consensus.Core.Agreement;

/// <summary>How far apart two ratings are, in <see cref="KrippendorffAlpha"/>.</summary>
public enum AlphaMetric
{
    /// <summary>Equal or not: names, choices, verdicts.</summary>
    Nominal,

    /// <summary>By the number of ratings between the two: grades in an order.</summary>
    Ordinal,

    /// <summary>By the squared difference: a scale of equal steps.</summary>
    Interval,

    /// <summary>By the squared difference over the squared sum: amounts ≥ 0 with a true zero.</summary>
    Ratio,
}

namespace Consensus.Core.Claims;

/// <summary>How one text bears out one claim.</summary>
/// <param name="Coverage">The share of the claim's content words, by weight, that the text has: half for standing anywhere in it, half for standing in the
/// one sentence that has most of them. 0 to 1.</param>
/// <param name="Objection">What the best sentence says against the claim.</param>
/// <param name="Start">The first character of the best sentence in the text; equal to <paramref name="End"/> when no sentence has a word of the claim.</param>
/// <param name="End">The character after the best sentence.</param>
public sealed record ClaimMatch(double Coverage, ClaimObjection Objection, int Start, int End)
{
    /// <summary>What an objection leaves of a text's support.</summary>
    internal const double Objected = 0.5;

    /// <summary>How far the text supports the claim, 0 to 1: the coverage, halved by an objection.</summary>
    public double Support => Coverage * (Objection == ClaimObjection.None ? 1 : Objected);

    /// <summary>The part of the coverage that each content word of the claim has, 0 to 1, an objection taken into account.</summary>
    internal double[] Words { get; init; } = [];
}

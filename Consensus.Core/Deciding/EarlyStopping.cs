namespace Consensus.Core.Deciding;

/// <summary>When the answers so far are enough.</summary>
public static class EarlyStopping
{
    /// <summary>
    /// Whether winner and outcome can no longer change, whatever the outstanding candidates answer (if cancelled, they stay in the denominator).
    /// Never true for free text, where a late answer may join two clusters.
    /// </summary>
    /// <param name="input">Every candidate of the panel; those outstanding have a <c>null</c> text.</param>
    /// <param name="outstanding">One entry per candidate: true while its call is going.</param>
    public static bool IsCertain(DecisionInput input, IReadOnlyList<bool> outstanding) =>
        throw new NotSupportedException();

    /// <summary>
    /// The probability that the leader is truly ahead of the runner-up, given their counts v₁ ≥ v₂: P(p₁ &gt; p₂) = 1 − I_{1/2}(v₁ + 1, v₂ + 1).
    /// Source: Aggarwal et al. 2023, "Let's Sample Step by Step: Adaptive-Consistency" (the Beta stopping criterion).
    /// </summary>
    /// <returns>A probability in [0.5, 1].</returns>
    public static double LeadProbability(double first, double second) =>
        throw new NotSupportedException();

    /// <summary>Whether <c>adaptive</c> stops after the answers so far: the lead is probable enough, or the margin exceeds what is outstanding.</summary>
    /// <param name="asked">The candidates asked so far, all finished.</param>
    /// <param name="remaining">How many candidates of the panel have not been asked.</param>
    /// <param name="threshold">The probability that must be exceeded, in (0.5, 1).</param>
    public static bool IsEnough(DecisionInput asked, int remaining, double threshold) =>
        throw new NotSupportedException();
}

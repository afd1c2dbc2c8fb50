namespace Consensus.Core.Confidence;

/// <summary>
/// The expected probability of the winning answer under a Dirichlet–multinomial model: each candidate asked is a draw over the winner and K_eff alternatives,
/// with Jeffreys' symmetric prior (½ per category). Candidates without a vote are draws that did not confirm the winner.
/// </summary>
/// <remarks>Source: the Dirichlet–multinomial posterior mean, e.g. Gelman et al., "Bayesian Data Analysis", 3rd ed., section 3.4; the prior is Jeffreys' (1946).</remarks>
public static class DirichletConfidence
{
    /// <summary>The name of this definition in responses.</summary>
    public const string Method = "dirichlet_multinomial";

    private const double Prior = 0.5;

    /// <summary>The posterior mean (v + ½) / (n + ½·(1 + K_eff)).</summary>
    /// <param name="votes">The winner's votes, 0 to <paramref name="asked"/>.</param>
    /// <param name="asked">All candidates asked, at least 1.</param>
    /// <param name="effectiveAlternatives">K_eff, &gt; 1.</param>
    /// <returns>A probability, rising with the votes; 0.5 or less for a single candidate.</returns>
    public static double Of(int votes, int asked, double effectiveAlternatives) =>
        (votes + Prior) / (asked + (Prior * (1 + effectiveAlternatives)));
}

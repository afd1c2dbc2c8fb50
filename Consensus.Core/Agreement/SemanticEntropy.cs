namespace Consensus.Core.Agreement;

/// <summary>Discrete semantic entropy: the entropy of the clusters' shares, as a fraction of what it would be if all answers differed.</summary>
/// <remarks>Source: Kuhn, Gal and Farquhar (2023), "Semantic Uncertainty"; Farquhar et al. (2024), Nature 630 (the discrete variant). Normalised by ln n here.</remarks>
public static class SemanticEntropy
{
    /// <summary>−Σ p_k ln p_k / ln n.</summary>
    /// <param name="clusterWeights">The weight of each cluster, ≥ 0, in any order.</param>
    /// <param name="answers">n, the number of answers with a vote.</param>
    /// <returns>0 for one cluster (and for fewer than two answers), up to 1 when all differ.</returns>
    public static double Of(ReadOnlySpan<double> clusterWeights, int answers)
    {
        if (answers < 2)
        {
            return 0;
        }

        var weights = clusterWeights.ToArray();
        Array.Sort(weights);
        var total = weights.Sum();
        var entropy = 0.0;
        foreach (var weight in weights)
        {
            var p = weight / total;
            entropy -= p > 0 && p < 1 ? p * Math.Log(p) : 0;
        }

        return Math.Clamp(entropy / Math.Log(answers), 0, 1);
    }
}

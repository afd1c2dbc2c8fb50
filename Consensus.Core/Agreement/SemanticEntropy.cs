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
        return OfOrdered(weights, answers);
    }

    /// <summary>
    /// The entropy of the answers that could have been given, those that nobody gave included: the estimate of Chao and Shen. With f₁ the number of clusters of one
    /// and n votes, the sample covers C = 1 − f₁/n of all answers (Good and Turing); with q_k = C·n_k/n it is −Σ q_k ln q_k / (1 − (1 − q_k)ⁿ).
    /// </summary>
    /// <remarks>
    /// Source: Chao and Shen (2003), "Nonparametric estimation of Shannon's index of diversity when there are unseen species in sample". Where all differ, C would
    /// be 0; one vote is then taken as shared (f₁ = n − 1).
    /// </remarks>
    /// <param name="clusterSizes">The number of votes in each cluster, ≥ 0, in any order. Whole votes: weights say nothing about answers not seen.</param>
    /// <returns>Nats, ≥ 0 and without an upper bound; 0 for one cluster and for none.</returns>
    public static double CoverageCorrected(ReadOnlySpan<int> clusterSizes)
    {
        var sizes = clusterSizes.ToArray();
        Array.Sort(sizes);
        double votes = sizes.Sum();
        var single = sizes.Count(size => size == 1);
        var coverage = 1 - ((single == votes ? votes - 1 : single) / votes);
        var entropy = 0.0;
        foreach (var size in sizes)
        {
            var q = coverage * size / votes;
            entropy -= q > 0 && q < 1 ? q * Math.Log(q) / (1 - Math.Pow(1 - q, votes)) : 0;
        }

        return entropy;
    }

    /// <summary><see cref="Of"/>, summed in the order given.</summary>
    internal static double OfOrdered(ReadOnlySpan<double> clusterWeights, int answers)
    {
        if (answers < 2)
        {
            return 0;
        }

        var total = 0.0;
        foreach (var weight in clusterWeights)
        {
            total += weight;
        }

        var entropy = 0.0;
        foreach (var weight in clusterWeights)
        {
            var p = weight / total;
            entropy -= p > 0 && p < 1 ? p * Math.Log(p) : 0;
        }

        return Math.Clamp(entropy / Math.Log(answers), 0, 1);
    }
}

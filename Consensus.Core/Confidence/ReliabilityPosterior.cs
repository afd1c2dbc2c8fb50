namespace Consensus.Core.Confidence;

/// <summary>
/// The posterior of an answer when each model's reliability is known: a model is right with probability r, else it gives one of K_eff − 1 equally likely wrong answers.
/// s_k = Π_{i∈C_k} r_i · Π_{i∉C_k} (1 − r_i)/(K_eff − 1), s_0 = Π_i (1 − r_i)/(K_eff − 1), P(k) = s_k / (Σ_j s_j + max(0, K_eff − K)·s_0).
/// </summary>
/// <remarks>
/// The naive-Bayes vote model of Dawid and Skene (1979) with one parameter a model. A candidate without a vote counts as an answer that nobody shares, so that
/// a lone survivor of a large panel is never confident, while a panel of one with reliability r gets r.
/// </remarks>
public static class ReliabilityPosterior
{
    /// <summary>The name of this definition in responses.</summary>
    public const string Method = "reliability_posterior";

    private const double LeastWeight = 0.01;
    private const double MostReliable = 0.995;

    /// <summary>The log-likelihood ratio of a vote: ln(r·(K_eff − 1)/(1 − r)), at least 0.01.</summary>
    /// <param name="reliability">The probability that the model is right, in (0, 1).</param>
    /// <param name="effectiveAlternatives">K_eff, &gt; 1.</param>
    public static double Weight(double reliability, double effectiveAlternatives)
    {
        var r = Math.Min(reliability, MostReliable);
        return Math.Max(LeastWeight, Math.Log(r * (effectiveAlternatives - 1) / (1 - r)));
    }

    /// <summary>The posterior that a cluster is right.</summary>
    /// <param name="winner">The cluster.</param>
    /// <param name="votes">Per candidate: its cluster, or −1 without a vote.</param>
    /// <param name="reliability">Per candidate: the probability that it is right, in (0, 1).</param>
    /// <param name="effectiveAlternatives">K_eff, &gt; 1.</param>
    /// <returns>A probability.</returns>
    public static double Of(int winner, ReadOnlySpan<int> votes, ReadOnlySpan<double> reliability, double effectiveAlternatives)
    {
        // Relative to s_0, ln s_k is the sum of the votes' weights.
        var scores = new Dictionary<int, double>();
        var silent = new List<double>();
        var order = Enumerable.Range(0, votes.Length).ToArray();
        Array.Sort(reliability.ToArray(), order);
        foreach (var i in order)
        {
            var weight = Weight(reliability[i], effectiveAlternatives);
            if (votes[i] < 0)
            {
                silent.Add(weight);
            }
            else
            {
                scores[votes[i]] = scores.GetValueOrDefault(votes[i]) + weight;
            }
        }

        var rivals = scores.Where(s => s.Key != winner).Select(s => s.Value).Concat(silent).ToArray();
        Array.Sort(rivals);
        var lead = scores[winner];
        var rest = rivals.Sum(score => Math.Exp(score - lead));
        rest += Math.Max(0, effectiveAlternatives - rivals.Length - 1) * Math.Exp(-lead);
        return 1 / (1 + rest);
    }
}

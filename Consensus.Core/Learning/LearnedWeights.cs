using System.Collections.Frozen;

namespace Consensus.Core.Learning;

/// <summary>What a learned vote knows of one model.</summary>
/// <param name="Weight">What its vote adds to the score of a cluster, in nats; negative where its vote speaks against an answer.</param>
/// <param name="LengthCuts">The three quartiles of its texts' lengths, ascending; <c>null</c> where length is not used.</param>
/// <param name="LengthWeights">What is added by the quartile of this text's length, shortest first; <c>null</c> where length is not used.</param>
public sealed record LearnedModel(double Weight, IReadOnlyList<double>? LengthCuts = null, IReadOnlyList<double>? LengthWeights = null)
{
    /// <summary>What a vote with a text of this length adds.</summary>
    public double WeightOf(int length) => LengthCuts is null || LengthWeights is null ? Weight : Weight + LengthWeights[Quartile(LengthCuts, length)];

    /// <summary>The number of the quartile, 0 (short) to 3 (long).</summary>
    internal static int Quartile(IReadOnlyList<double> cuts, int length) => cuts.Count(cut => length > cut);
}

/// <summary>What a category adds to the weights that hold everywhere.</summary>
/// <param name="Outside">Added to the outside option's score.</param>
/// <param name="Weights">Added to the weight of each model.</param>
public sealed record LearnedCategory(double Outside, IReadOnlyDictionary<string, double> Weights);

/// <summary>
/// A fitted learned vote: P(a) = exp(Σ_j w_j·1[v_j = a]) / (Σ_a' exp(Σ_j w_j·1[v_j = a']) + e^b), b the score of the outside option "none of these is right".
/// </summary>
/// <remarks>The conditional logit of McFadden (1974) over the votes; see <see cref="LearnedVote"/> for how it is fitted.</remarks>
public sealed record LearnedWeights
{
    /// <summary>The share of the answering models that must be known, or the learned vote says nothing.</summary>
    public const double LeastKnownShare = 0.8;

    /// <summary>The models by id.</summary>
    public required IReadOnlyDictionary<string, LearnedModel> Models { get; init; }

    /// <summary>The outside option's score b.</summary>
    public required double Outside { get; init; }

    /// <summary>Deviations by category; empty where categories are not used.</summary>
    public IReadOnlyDictionary<string, LearnedCategory> Categories { get; init; } = FrozenDictionary<string, LearnedCategory>.Empty;

    /// <summary>Whether at least <see cref="LeastKnownShare"/> of the models that voted are known.</summary>
    public bool Knows(PanelVotes panel)
    {
        var voting = panel.Votes.Where(v => v.Cluster >= 0).Select(v => v.Model).Distinct(StringComparer.Ordinal).ToArray();
        return voting.Length > 0 && voting.Count(Models.ContainsKey) >= LeastKnownShare * voting.Length;
    }

    /// <summary>What each candidate's vote adds to its cluster's score, in nats. Several samples of a model share its weight; an unknown model adds nothing.</summary>
    public double[] Support(PanelVotes panel)
    {
        var category = CategoryOf(panel);
        var support = new double[panel.Votes.Count];
        foreach (var samples in Enumerable.Range(0, support.Length).GroupBy(i => panel.Votes[i].Model, StringComparer.Ordinal))
        {
            if (!Models.TryGetValue(samples.Key, out var model))
            {
                continue;
            }

            var deviation = category?.Weights.GetValueOrDefault(samples.Key) ?? 0;
            var count = samples.Count();
            foreach (var i in samples)
            {
                support[i] = (model.WeightOf(panel.Votes[i].Length) + deviation) / count;
            }
        }

        return support;
    }

    /// <summary>The outside option's score in a panel's category.</summary>
    public double OutsideOf(PanelVotes panel) => Outside + (CategoryOf(panel)?.Outside ?? 0);

    /// <summary>The probability of each cluster, and, last, that none is right.</summary>
    public double[] Posterior(PanelVotes panel)
    {
        var scores = new double[panel.ClusterCount + 1];
        var support = Support(panel);
        for (var i = 0; i < support.Length; i++)
        {
            if (panel.Votes[i].Cluster >= 0)
            {
                scores[panel.Votes[i].Cluster] += support[i];
            }
        }

        scores[^1] = OutsideOf(panel);
        Softmax.InPlace(scores);
        return scores;
    }

    private LearnedCategory? CategoryOf(PanelVotes panel) => panel.Category is { } name ? Categories.GetValueOrDefault(name) : null;
}

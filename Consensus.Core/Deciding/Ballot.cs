using Consensus.Core.Learning;

namespace Consensus.Core.Deciding;

/// <summary>Who was asked and how each voted: all that a policy needs, without texts.</summary>
internal sealed record Ballot
{
    /// <summary>The mark of a candidate without a vote.</summary>
    public const int NoVote = -1;

    /// <summary>Per candidate: its cluster, or <see cref="NoVote"/>.</summary>
    public required int[] Votes { get; init; }

    /// <summary>Per candidate: the weight its vote has or would have had, &gt; 0.</summary>
    public required double[] Weights { get; init; }

    /// <summary>Per candidate: what its vote adds to the score by which clusters are ranked, in nats, also below 0; <c>null</c> where they are ranked by weight.</summary>
    public double[]? Support { get; init; }

    /// <summary>With <see cref="Support"/>: the score of "none of these is right".</summary>
    public double OutsideScore { get; init; }

    /// <summary>How many clusters there are.</summary>
    public required int ClusterCount { get; init; }

    /// <summary>The share of all asked that must be exceeded.</summary>
    public required double Quorum { get; init; }

    /// <summary>The least number of usable answers.</summary>
    public required int MinResponses { get; init; }

    /// <summary>The number of usable answers that a panel needs when the caller does not say: more than half of those asked.</summary>
    public static int DefaultMinResponses(int asked) => (asked / 2) + 1;

    /// <summary>The ballot of recorded votes, with the default quorum.</summary>
    public static Ballot Of(PanelVotes panel, DecisionPolicy policy, PolicyContext context) => new()
    {
        Votes = [.. panel.Votes.Select(v => v.Cluster < 0 ? NoVote : v.Cluster)],
        Weights = [.. panel.Votes.Select(v => policy.Weight(v.Model, context))],
        ClusterCount = panel.ClusterCount,
        Quorum = 0.5,
        MinResponses = DefaultMinResponses(panel.Votes.Count),
    };
}

namespace Consensus.Core.Judging;

/// <summary>How a panel of judges prefers one candidate to another.</summary>
public sealed record PanelRule
{
    private readonly IReadOnlyList<double>? _weights;

    private PanelRule(IReadOnlyList<double>? weights) => _weights = weights;

    /// <summary>By the median of the rubric scores; a pair by the majority over both orders (<see cref="PanelVote.BothOrders(IReadOnlyList{TwoOrderVote})"/>).</summary>
    public static PanelRule Median { get; } = new((IReadOnlyList<double>?)null);

    /// <summary>Whether candidates are preferred by their pairs, not by their scores.</summary>
    public bool IsAnchored => _weights is not null;

    /// <summary>By pairs, each decided by the weighted sum of the merged votes as an <see cref="AnchoredPanel"/> decides it.</summary>
    /// <param name="weights">One finite weight per judge, as <see cref="AnchoredPanel.Weights"/> has them.</param>
    public static PanelRule Anchored(IReadOnlyList<double> weights) => new(weights);

    /// <summary>Above 0 for output 1, below for output 2, 0 for a tie.</summary>
    /// <param name="votes">One entry per judge.</param>
    /// <exception cref="ArgumentException">The rule has weights for another number of judges.</exception>
    public double Decide(IReadOnlyList<TwoOrderVote> votes) => _weights is null ? PanelVote.BothOrders(votes) : PanelVote.Weighted(_weights, votes);
}

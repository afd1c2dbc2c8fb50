namespace Consensus.Core.Judging;

/// <summary>The accuracies of ways to decide the same pairs, each 0 to 1; a tie counts one half.</summary>
/// <param name="Best">The best judge of the fitting pairs, both orders merged.</param>
/// <param name="Majority">The majority in one order.</param>
/// <param name="BothOrders">The majority over both orders.</param>
/// <param name="DawidSkene">Dawid–Skene without truths.</param>
/// <param name="Anchored">The weights fitted on labelled pairs.</param>
public sealed record PanelScores(double Best, double Majority, double BothOrders, double DawidSkene, double Anchored)
{
    /// <summary>Scores them.</summary>
    /// <param name="pairs">At least one pair to score.</param>
    /// <param name="dawidSkene">One decision per pair.</param>
    /// <param name="panel">The weights and the best judge, fitted on other pairs.</param>
    public static PanelScores Of(IReadOnlyList<JudgedPair> pairs, IReadOnlyList<double> dawidSkene, AnchoredPanel panel) => new(
        pairs.Average(pair => pair.Credit(pair.Votes[panel.Best].Merged)),
        pairs.Average(pair => pair.Credit(PanelVote.OneOrder(pair))),
        pairs.Average(pair => pair.Credit(PanelVote.BothOrders(pair))),
        pairs.Zip(dawidSkene).Average(scored => scored.First.Credit(scored.Second)),
        pairs.Average(pair => pair.Credit(panel.Decide(pair))));

    /// <summary>The mean of each.</summary>
    /// <param name="scores">At least one.</param>
    public static PanelScores Mean(IReadOnlyCollection<PanelScores> scores) => new(
        scores.Average(s => s.Best), scores.Average(s => s.Majority), scores.Average(s => s.BothOrders), scores.Average(s => s.DawidSkene), scores.Average(s => s.Anchored));
}

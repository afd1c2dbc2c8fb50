namespace Consensus.Core.Judging;

/// <summary>How one judge does on pairs of known truth.</summary>
/// <param name="Accuracy">Its share of right merged votes, a tie counting one half; 0 to 1.</param>
/// <param name="FlipRate">Of its pairs with two usable verdicts, the share where the order changed the vote; <c>null</c> without such a pair.</param>
/// <param name="FirstShown">Position bias: the share of its usable verdicts that chose the output shown first, a tie counting one half; ½ for a judge
/// without bias; <c>null</c> without a verdict.</param>
/// <param name="Unusable">The share of its verdicts that is not usable or was not asked for; 0 to 1.</param>
public sealed record JudgeFigures(double Accuracy, double? FlipRate, double? FirstShown, double Unusable)
{
    /// <summary>The figures of a judge of the panel.</summary>
    /// <param name="pairs">At least one pair.</param>
    /// <param name="judge">The judge's place in the panel.</param>
    public static JudgeFigures Of(IReadOnlyList<JudgedPair> pairs, int judge)
    {
        var order = OrderFigures.Of([.. pairs.Select(pair => pair.Votes[judge])]);
        return new JudgeFigures(
            pairs.Average(pair => pair.Credit(pair.Votes[judge].Merged)), order.FlipRate, order.FirstShown, 1 - (order.Usable / (2.0 * pairs.Count)));
    }

    /// <summary>
    /// The flip rate of a panel: of all the judges' pairs with two usable verdicts, the share where the order changed the vote; <c>null</c> without such a
    /// pair.
    /// </summary>
    public static double? PanelFlipRate(IReadOnlyList<JudgedPair> pairs) => OrderFigures.Of([.. pairs.SelectMany(pair => pair.Votes)]).FlipRate;
}

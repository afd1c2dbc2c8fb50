namespace Consensus.Core.Judging;

/// <summary>What the order of showing does to a judge. No truth is needed.</summary>
/// <param name="FlipRate">Of the pairs with two usable verdicts, the share where the order changed the verdict; <c>null</c> without such a pair.</param>
/// <param name="FirstShown">The share of the usable verdicts for the output shown first, a tie counting one half; ½ without bias, <c>null</c> without a verdict.</param>
/// <param name="Usable">How many verdicts are usable, up to two a pair.</param>
public readonly record struct OrderFigures(double? FlipRate, double? FirstShown, int Usable)
{
    /// <summary>The figures of some votes.</summary>
    public static OrderFigures Of(IReadOnlyList<TwoOrderVote> votes)
    {
        var (complete, flips, usable, first) = (0, 0, 0, 0.0);
        foreach (var vote in votes)
        {
            complete += vote.IsComplete ? 1 : 0;
            flips += vote.IsFlip ? 1 : 0;
            usable += vote.Usable;
            first += vote.ForFirstShown;
        }

        return new OrderFigures(complete == 0 ? null : (double)flips / complete, usable == 0 ? null : first / usable, usable);
    }
}

namespace Consensus.Core.Evaluation;

/// <summary>The area under the receiver operating characteristic: how well a score ranks what is true above what is false.</summary>
/// <remarks>Computed as the Mann–Whitney statistic with mid-ranks: Hanley and McNeil (1982), "The Meaning and Use of the Area under a ROC Curve".</remarks>
public static class Auroc
{
    /// <summary>The probability that a random true case scores above a random false one, a tie counting one half.</summary>
    /// <param name="scores">One finite score per case.</param>
    /// <param name="truths">One entry per case.</param>
    /// <returns>0 to 1; <c>null</c> when all cases are true or all are false.</returns>
    /// <exception cref="ArgumentException">The two differ in length.</exception>
    public static double? Of(ReadOnlySpan<double> scores, ReadOnlySpan<bool> truths)
    {
        var shares = new double[truths.Length];
        for (var i = 0; i < shares.Length; i++)
        {
            shares[i] = truths[i] ? 1 : 0;
        }

        return OfShares(scores, shares);
    }

    /// <summary>The same where a case may be true in part: it stands on both sides, each with its share.</summary>
    /// <param name="scores">One finite score per case.</param>
    /// <param name="truths">Per case the share of it that is true, 0 to 1: a winner drawn from three tied leaders, one of which is right, is right by a third.</param>
    /// <returns>0 to 1; <c>null</c> when nothing is true or nothing is false.</returns>
    /// <exception cref="ArgumentException">The two differ in length.</exception>
    public static double? OfShares(ReadOnlySpan<double> scores, ReadOnlySpan<double> truths)
    {
        if (scores.Length != truths.Length)
        {
            throw new ArgumentException("Every score needs its truth.", nameof(truths));
        }

        var order = Enumerable.Range(0, scores.Length).ToArray();
        var sorted = scores.ToArray();
        Array.Sort(sorted, order);
        var (above, trueBelow, falseBelow) = (0.0, 0.0, 0.0);
        for (var start = 0; start < sorted.Length;)
        {
            var (tied, tiedTrue) = (0, 0.0);
            while (start + tied < sorted.Length && sorted[start + tied] == sorted[start])
            {
                tiedTrue += truths[order[start + tied]];
                tied++;
            }

            above += tiedTrue * (falseBelow + ((tied - tiedTrue) / 2));
            trueBelow += tiedTrue;
            falseBelow += tied - tiedTrue;
            start += tied;
        }

        return trueBelow > 0 && falseBelow > 0 ? above / (trueBelow * falseBelow) : null;
    }
}

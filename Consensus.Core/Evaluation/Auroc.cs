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
        if (scores.Length != truths.Length)
        {
            throw new ArgumentException("Every score needs its truth.", nameof(truths));
        }

        var order = Enumerable.Range(0, scores.Length).ToArray();
        var sorted = scores.ToArray();
        Array.Sort(sorted, order);
        var (rankSum, trueCount) = (0.0, 0);
        for (var start = 0; start < sorted.Length;)
        {
            var end = start;
            while (end < sorted.Length && sorted[end] == sorted[start])
            {
                end++;
            }

            var midRank = (start + 1 + end) / 2.0;
            for (var i = start; i < end; i++)
            {
                if (truths[order[i]])
                {
                    rankSum += midRank;
                    trueCount++;
                }
            }

            start = end;
        }

        var pairs = (double)trueCount * (scores.Length - trueCount);
        return pairs == 0 ? null : (rankSum - (trueCount * (trueCount + 1) / 2.0)) / pairs;
    }
}

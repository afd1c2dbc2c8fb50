namespace Consensus.Core.Evaluation;

/// <summary>How pure what a score finds stays as it finds more.</summary>
/// <remarks>Source: Manning, Raghavan and Schütze (2008), "Introduction to Information Retrieval", section 8.4; without interpolation, as scikit-learn's
/// <c>average_precision_score</c>.</remarks>
public static class PrecisionRecall
{
    /// <summary>Average precision: the sum over thresholds, from the highest score on, of the precision times the recall that the threshold adds. Equal scores
    /// share a threshold, so that their order does not matter.</summary>
    /// <param name="scores">One finite score per case.</param>
    /// <param name="truths">One entry per case.</param>
    /// <returns>0 to 1; <c>null</c> when no case is true.</returns>
    /// <exception cref="ArgumentException">The two differ in length.</exception>
    public static double? Average(ReadOnlySpan<double> scores, ReadOnlySpan<bool> truths)
    {
        if (scores.Length != truths.Length)
        {
            throw new ArgumentException("Every score needs its truth.", nameof(truths));
        }

        var order = Enumerable.Range(0, scores.Length).ToArray();
        var sorted = scores.ToArray();
        Array.Sort(sorted, order);
        var (sum, found, seen) = (0.0, 0, 0);
        for (var end = sorted.Length; end > 0;)
        {
            var (start, added) = (end, 0);
            for (; start > 0 && sorted[start - 1] == sorted[end - 1]; start--)
            {
                added += truths[order[start - 1]] ? 1 : 0;
            }

            (found, seen) = (found + added, seen + end - start);
            sum += added * ((double)found / seen);
            end = start;
        }

        return found == 0 ? null : sum / found;
    }
}

using Consensus.Core.Evaluation;
using Consensus.Core.Numerics;

namespace Consensus.Core.Agreement;

/// <summary>Krippendorff's alpha: how far raters agree beyond chance, for any number of raters, missing ratings and four kinds of scale.</summary>
/// <remarks>
/// Source: Krippendorff (2011), "Computing Krippendorff's Alpha-Reliability": 1 − D_o/D_e over the matrix of coincidences. The interval resamples items, as
/// recommended by Zapf, Castell, Morawietz and Karch (2016), "Measuring inter-rater reliability for nominal data – which coefficients and confidence intervals are appropriate?".
/// </remarks>
public static class KrippendorffAlpha
{
    /// <summary>The coefficient.</summary>
    /// <param name="ratings">One row per rater, each with one entry per item: a finite number, or <c>null</c> where the rater did not rate it. Names are numbered.</param>
    /// <param name="metric">How far apart two ratings are.</param>
    /// <returns>
    /// 1 for perfect agreement, about 0 for chance, below 0 for systematic disagreement; <c>null</c> when no item has two ratings, or when all ratings are equal, so
    /// that there is nothing to disagree about.
    /// </returns>
    /// <exception cref="ArgumentException">The rows differ in length.</exception>
    public static double? Of(IReadOnlyList<IReadOnlyList<double?>> ratings, AlphaMetric metric)
    {
        var items = ByItem(ratings);
        return Of(items, Values(items), metric);
    }

    /// <summary>The coefficient with its percentile bootstrap interval over items.</summary>
    /// <param name="ratings">As in <see cref="Of(IReadOnlyList{IReadOnlyList{double?}}, AlphaMetric)"/>.</param>
    /// <param name="metric">How far apart two ratings are.</param>
    /// <param name="seed">Equal seeds give equal intervals.</param>
    /// <param name="level">The share of the replicates inside, in (0, 1).</param>
    /// <param name="replicates">How many sets of items are drawn, ≥ 1. Draws without a coefficient (all ratings equal) are left out.</param>
    /// <returns>Both; <c>null</c> when the coefficient is, or when more than half of the draws have none.</returns>
    public static BootstrapInterval? Interval(IReadOnlyList<IReadOnlyList<double?>> ratings, AlphaMetric metric, ulong seed, double level = 0.95, int replicates = 1000)
    {
        var items = ByItem(ratings);
        var values = Values(items);
        if (Of(items, values, metric) is not { } point)
        {
            return null;
        }

        var random = new SeededRandom(seed);
        var drawn = new double[items.Length][];
        var alphas = new double[replicates];
        for (var replicate = 0; replicate < replicates; replicate++)
        {
            for (var i = 0; i < drawn.Length; i++)
            {
                drawn[i] = items[random.Next(items.Length)];
            }

            alphas[replicate] = Of(drawn, values, metric) ?? double.NaN;
        }

        return alphas.Count(double.IsNaN) * 2 > replicates ? null : BootstrapInterval.Of(point, alphas, level);
    }

    // Only ratings that can be paired with another of the same item count.
    private static double[][] ByItem(IReadOnlyList<IReadOnlyList<double?>> ratings)
    {
        var count = ratings.Count > 0 ? ratings[0].Count : 0;
        if (ratings.Any(row => row.Count != count))
        {
            throw new ArgumentException("Every rater needs one entry per item.", nameof(ratings));
        }

        return [.. Enumerable.Range(0, count).Select(item => ratings.Select(row => row[item]).OfType<double>().ToArray()).Where(item => item.Length >= 2)];
    }

    private static double[] Values(double[][] items) => [.. items.SelectMany(item => item).Distinct().Order()];

    private static double? Of(double[][] items, double[] values, AlphaMetric metric)
    {
        // o_ck: each item's ordered pairs of ratings, each item weighing as many as it has ratings.
        var coincidences = new double[values.Length, values.Length];
        var totals = new double[values.Length];
        foreach (var item in items)
        {
            var indexes = Array.ConvertAll(item, rating => Array.BinarySearch(values, rating));
            for (var i = 0; i < indexes.Length; i++)
            {
                totals[indexes[i]]++;
                for (var j = 0; j < indexes.Length; j++)
                {
                    coincidences[indexes[i], indexes[j]] += i == j ? 0 : 1.0 / (indexes.Length - 1);
                }
            }
        }

        double observed = 0, expected = 0;
        for (var c = 0; c < values.Length; c++)
        {
            var between = totals[c] / 2;
            for (var k = c + 1; k < values.Length; k++)
            {
                var distance = metric switch
                {
                    AlphaMetric.Nominal => 1,
                    AlphaMetric.Ordinal => Square(between + (totals[k] / 2)),
                    AlphaMetric.Interval => Square(values[k] - values[c]),
                    AlphaMetric.Ratio => Square((values[k] - values[c]) / (values[k] + values[c])),
                    _ => throw new ArgumentOutOfRangeException(nameof(metric), metric, message: null),
                };
                observed += coincidences[c, k] * distance;
                expected += totals[c] * totals[k] * distance;
                between += totals[k];
            }
        }

        return expected > 0 ? 1 - ((totals.Sum() - 1) * observed / expected) : null;
    }

    private static double Square(double x) => x * x;
}

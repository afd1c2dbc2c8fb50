using Consensus.Core.Calibration;
using Consensus.Core.Numerics;

namespace Consensus.Core.Evaluation;

/// <summary>How large a calibration error may be by chance alone.</summary>
/// <remarks>
/// Consistency resampling: Bröcker and Smith (2007), "Increasing the Reliability of Reliability Diagrams". Outcomes are drawn from the forecasts themselves, so that the
/// forecasts are calibrated by construction; what error they still show comes from the finite number of cases and from the bins. The forecasts are not resampled: the
/// limit is for these very forecasts.
/// </remarks>
public static class ConsistencyLimit
{
    /// <summary>The quantile of the expected calibration error (bins of equal mass) that calibrated forecasts of these values have.</summary>
    /// <param name="forecasts">Confidences in [0, 1], at least one.</param>
    /// <param name="seed">Of the drawn outcomes.</param>
    /// <param name="draws">How many sets of outcomes are drawn, at least 1.</param>
    /// <param name="quantile">Above 0, at most 1.</param>
    /// <param name="bins">The number of bins, at least 1.</param>
    /// <returns>The smallest drawn error that at least the share <paramref name="quantile"/> of the draws do not exceed; 0 to 1.</returns>
    /// <exception cref="ArgumentException">An argument is not as said.</exception>
    public static double Of(ReadOnlySpan<double> forecasts, ulong seed, int draws = 1000, double quantile = 0.95, int bins = CalibrationError.DefaultBins)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(draws, 1);
        if (!(quantile > 0 && quantile <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(quantile), quantile, "The quantile must be above 0 and at most 1.");
        }

        var sorted = Array.ConvertAll(LabelledScores.Check(forecasts, forecasts, default).Points, static p => p.X);
        var pieces = MassPiece.Split(sorted, bins);
        var expected = new double[bins];
        foreach (var piece in pieces)
        {
            expected[piece.Bin] += piece.Count * sorted[piece.Start];
        }

        var random = new SeededRandom(seed);
        var (errors, gaps) = (new double[draws], new double[bins]);
        for (var draw = 0; draw < draws; draw++)
        {
            expected.CopyTo(gaps, 0);
            var (drawn, share) = (-1, 0.0);
            foreach (var piece in pieces)
            {
                if (piece.Start != drawn)
                {
                    (drawn, share) = (piece.Start, (double)Hits(random, sorted[piece.Start], piece.Size) / piece.Size);
                }

                gaps[piece.Bin] -= piece.Count * share;
            }

            errors[draw] = gaps.Sum(Math.Abs) / sorted.Length;
        }

        Array.Sort(errors);
        return errors[Math.Clamp((int)Math.Ceiling(quantile * draws) - 1, 0, draws - 1)];
    }

    private static int Hits(SeededRandom random, double probability, int cases)
    {
        var hits = 0;
        for (var i = 0; i < cases; i++)
        {
            hits += random.NextDouble() < probability ? 1 : 0;
        }

        return hits;
    }
}

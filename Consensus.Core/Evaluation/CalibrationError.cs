using Consensus.Core.Calibration;

namespace Consensus.Core.Evaluation;

/// <summary>How far confidences are from how often they are right.</summary>
/// <remarks>
/// A truth is 1 for right, 0 for wrong and 1/t for a winner among t tied answers, one of which is right. No figure depends on the order of the cases. Every method
/// throws <see cref="ArgumentException"/> when there are no cases, when confidences and truths differ in number, or when one of them is not within 0 and 1.
/// </remarks>
public static class CalibrationError
{
    /// <summary>The number of bins that the literature uses most, and all reports here.</summary>
    public const int DefaultBins = 10;

    // A certainty that was wrong would cost without end.
    private const double LeastProbability = 1e-6;

    /// <summary>The bins of equal width that hold cases, ascending: bin k of B holds the confidences in (k/B, (k + 1)/B], the first also 0.</summary>
    /// <remarks>Guo, Pleiss, Sun and Weinberger (2017), "On Calibration of Modern Neural Networks".</remarks>
    public static IReadOnlyList<ReliabilityBin> EqualWidth(ReadOnlySpan<double> confidences, ReadOnlySpan<double> truths, int bins = DefaultBins)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bins, 1);
        var points = LabelledScores.Check(confidences, truths, default).Points;
        var result = new List<ReliabilityBin>();
        var at = 0;
        for (var bin = 0; bin < bins; bin++)
        {
            var (first, confidence, truth) = (at, 0.0, 0.0);
            for (; at < points.Length && points[at].X <= (bin + 1.0) / bins; at++)
            {
                (confidence, truth) = (confidence + points[at].X, truth + points[at].Y);
            }

            if (at > first)
            {
                result.Add(ReliabilityBin.Of((double)bin / bins, (bin + 1.0) / bins, at - first, confidence, truth));
            }
        }

        return result;
    }

    /// <summary>Bins of as equal a number of cases as can be, ascending in confidence; fewer cases than bins leave bins out.</summary>
    /// <remarks>
    /// Nguyen and O'Connor (2015), "Posterior Calibration and Exploratory Analysis for Natural Language Processing Models". An edge may fall among cases of equal confidence.
    /// Each of them then counts with the mean truth of them all, so that it does not matter which of them stand on which side.
    /// </remarks>
    public static IReadOnlyList<ReliabilityBin> EqualMass(ReadOnlySpan<double> confidences, ReadOnlySpan<double> truths, int bins = DefaultBins)
    {
        var points = LabelledScores.Check(confidences, truths, default).Points;
        var pieces = MassPiece.Split(Array.ConvertAll(points, static p => p.X), bins);
        return
        [
            .. pieces.GroupBy(static piece => piece.Bin).Select(bin => ReliabilityBin.Of(
                points[bin.First().Start].X, points[bin.Last().Start].X, bin.Sum(static p => p.Count),
                bin.Sum(p => p.Count * points[p.Start].X), bin.Sum(p => p.Count * points.AsSpan(p.Start, p.Size).MeanTruth()))),
        ];
    }

    /// <summary>The expected calibration error (ECE): the bins' gaps weighted by their cases, 0 to 1.</summary>
    /// <remarks>Naeini, Cooper and Hauskrecht (2015), "Obtaining Well Calibrated Probabilities Using Bayesian Binning".</remarks>
    public static double Expected(IReadOnlyList<ReliabilityBin> bins) => bins.Sum(static bin => bin.Count * bin.Gap) / bins.Sum(static bin => bin.Count);

    /// <summary>The maximum calibration error (MCE): the widest gap of a bin, 0 to 1; bins of few cases rule it.</summary>
    /// <remarks>Naeini, Cooper and Hauskrecht (2015).</remarks>
    public static double Maximum(IReadOnlyList<ReliabilityBin> bins) => bins.Max(static bin => bin.Gap);

    /// <summary>The Brier score: the mean squared distance of confidence and truth, 0 to 1; of a tie, its expectation when the winner is drawn.</summary>
    /// <remarks>Brier (1950), "Verification of Forecasts Expressed in Terms of Probability", for one event.</remarks>
    public static double Brier(ReadOnlySpan<double> confidences, ReadOnlySpan<double> truths) =>
        LabelledScores.Check(confidences, truths, default).Points.Average(static p => (p.Y * (1 - p.X) * (1 - p.X)) + ((1 - p.Y) * p.X * p.X));

    /// <summary>The mean negative log-likelihood (NLL) in nats, 0 to 13.8, confidences being kept 10⁻⁶ away from 0 and 1.</summary>
    /// <remarks>Good (1952), "Rational Decisions".</remarks>
    public static double LogLoss(ReadOnlySpan<double> confidences, ReadOnlySpan<double> truths) =>
        LabelledScores.Check(confidences, truths, default).Points.Average(static point =>
        {
            var p = Math.Clamp(point.X, LeastProbability, 1 - LeastProbability);
            return -(point.Y * Math.Log(p)) - ((1 - point.Y) * Math.Log(1 - p));
        });

    private static double MeanTruth(this Span<(double X, double Y, double Weight)> tied)
    {
        var sum = 0.0;
        foreach (var (_, y, _) in tied)
        {
            sum += y;
        }

        return sum / tied.Length;
    }
}

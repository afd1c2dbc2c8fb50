using Consensus.Core.Calibration;
using Consensus.Core.Evaluation;

namespace Consensus.Core.Abstention;

/// <summary>Certifies a threshold of confidence for a target error rate, with a guarantee for finite samples and any model.</summary>
/// <remarks>
/// Angelopoulos, Bates, Candès, Jordan and Lei (2021), "Learn then Test: Calibrating Predictive Algorithms to Achieve Risk Control", by fixed-sequence testing (Bauer 1991,
/// "Multiple Testing in Clinical Trials"): thresholds are tested in an order that is settled before a label is seen, from the strictest towards the loosest, each at the
/// full level, up to the first whose Clopper–Pearson bound exceeds the target. A false certificate needs the first threshold in the order whose error rate is above the
/// target to pass its test; that has at most the probability δ, so no correction for many tests is due. The thresholds depend on the confidences alone. Given
/// these, the errors are independent with unequal probabilities, and few errors are then at most as probable as under the binomial of the same mean (Hoeffding 1956, "On
/// the Distribution of the Number of Successes in Independent Trials"). The guarantee is for new cases that come as the calibration set did.
/// </remarks>
public static class LearnThenTest
{
    private const double Delta = 0.05;
    private const int Steps = 20;
    private const int ErrorsAllowedAtStart = 2;

    /// <summary>The loosest threshold that the fixed sequence certifies.</summary>
    /// <remarks>
    /// Without given thresholds the sequence is 5 %, 10 %, …, 100 % of the calibration set by confidence, ties taken whole, from 10 % on and not before
    /// the least count at which two errors could still be certified, so that a few bad answers among the surest do not end the search. Where that takes more than half of
    /// the set, it starts at the least count for one error, or else for none: ⌈ln δ / ln(1 − target)⌉. None of this depends on a label. Given thresholds that answer
    /// fewer cases than that last count are passed over: they would fail whatever the labels are.
    /// </remarks>
    /// <param name="confidences">The calibration set's confidences in [0, 1].</param>
    /// <param name="truths">As many, in [0, 1]. What is less than wholly right counts as an error, which keeps the bound valid for ties.</param>
    /// <param name="target">The largest allowed share of wrong answers, within 0 and 1.</param>
    /// <param name="delta">The allowed probability of a false certificate, within 0 and 1.</param>
    /// <param name="thresholds">Finite thresholds chosen without these labels, as on a separate tuning set, in any order; none given means the default sequence.</param>
    /// <exception cref="ArgumentException">There are no cases, lengths differ, or a value is out of its range.</exception>
    public static RiskCertificate Certify(
        ReadOnlySpan<double> confidences, ReadOnlySpan<double> truths, double target, double delta = Delta, ReadOnlySpan<double> thresholds = default)
    {
        RequireShare(target, nameof(target));
        RequireShare(delta, nameof(delta));
        var cases = LabelledScores.Check(confidences, truths, default).Points;
        Array.Reverse(cases);
        var errors = new int[cases.Length + 1];
        for (var i = 0; i < cases.Length; i++)
        {
            errors[i + 1] = errors[i] + (cases[i].Y < 1 ? 1 : 0);
        }

        var certificate = new RiskCertificate(target, delta, null, 0, 0, 0, 1);
        var sequence = thresholds.IsEmpty ? Quantiles(cases, FirstCount(cases.Length, target, delta)) : Given(thresholds);
        var fewest = LeastCount(0, target, delta);
        foreach (var threshold in sequence)
        {
            var answered = Answered(cases, threshold);
            if (answered < fewest)
            {
                continue;
            }

            var bound = ProportionInterval.ClopperPearsonUpper(errors[answered], answered, delta);
            if (bound > target)
            {
                break;
            }

            certificate = new RiskCertificate(target, delta, threshold, (double)answered / cases.Length, answered, errors[answered], bound);
        }

        return certificate;
    }

    private static IEnumerable<double> Quantiles((double X, double Y, double Weight)[] descending, int first) =>
        Enumerable.Range(1, Steps).Select(step => (int)Math.Ceiling((double)step * descending.Length / Steps)).Append(first)
            .Where(count => count >= first && count <= descending.Length).Select(count => descending[count - 1].X).Distinct().OrderDescending();

    private static double[] Given(ReadOnlySpan<double> thresholds)
    {
        foreach (var threshold in thresholds)
        {
            if (!double.IsFinite(threshold))
            {
                throw new ArgumentException($"A threshold is {threshold}; it must be finite.", nameof(thresholds));
            }
        }

        return [.. thresholds.ToArray().Distinct().OrderDescending()];
    }

    private static int FirstCount(int cases, double target, double delta)
    {
        var fromTenth = cases / 10;
        for (var errors = ErrorsAllowedAtStart; errors > 0; errors--)
        {
            var count = LeastCount(errors, target, delta);
            if (count <= cases / 2)
            {
                return Math.Max(count, fromTenth);
            }
        }

        return LeastCount(0, target, delta);
    }

    /// <summary>The least number of answered cases at which so many errors can be certified.</summary>
    private static int LeastCount(int errors, double target, double delta)
    {
        var (few, enough) = (errors, errors + 1);
        while (enough < int.MaxValue / 2 && ProportionInterval.ClopperPearsonUpper(errors, enough, delta) > target)
        {
            (few, enough) = (enough, enough * 2);
        }

        while (enough - few > 1)
        {
            var middle = few + ((enough - few) / 2);
            (few, enough) = ProportionInterval.ClopperPearsonUpper(errors, middle, delta) > target ? (middle, enough) : (few, middle);
        }

        return enough;
    }

    private static int Answered((double X, double Y, double Weight)[] descending, double threshold)
    {
        var (low, high) = (0, descending.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = descending[middle].X >= threshold ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    private static void RequireShare(double value, string parameter)
    {
        if (!(value > 0 && value < 1))
        {
            throw new ArgumentOutOfRangeException(parameter, value, "The value must lie between 0 and 1.");
        }
    }
}

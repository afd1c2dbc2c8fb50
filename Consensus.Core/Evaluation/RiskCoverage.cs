using Consensus.Core.Calibration;

namespace Consensus.Core.Evaluation;

/// <summary>The trade of risk for coverage when the less confident answers are withheld.</summary>
/// <remarks>El-Yaniv and Wiener (2010), "On the Foundations of Noise-free Selective Classification"; Geifman and El-Yaniv (2017), "Selective Classification for Deep Neural Networks".</remarks>
public static class RiskCoverage
{
    /// <summary>One point per distinct confidence, from the highest on; cases of equal confidence are answered together.</summary>
    /// <param name="confidences">In [0, 1], at least one.</param>
    /// <param name="truths">As many, in [0, 1]: what a case has of a right answer.</param>
    /// <exception cref="ArgumentException">There are no cases, lengths differ, or a value is not within 0 and 1.</exception>
    public static IReadOnlyList<RiskCoveragePoint> Curve(ReadOnlySpan<double> confidences, ReadOnlySpan<double> truths)
    {
        var points = LabelledScores.Check(confidences, truths, default).Points;
        var curve = new List<RiskCoveragePoint>();
        var (answered, wrong) = (0, 0.0);
        for (var i = points.Length - 1; i >= 0; i--)
        {
            (answered, wrong) = (answered + 1, wrong + 1 - points[i].Y);
            if (i == 0 || points[i - 1].X != points[i].X)
            {
                curve.Add(new RiskCoveragePoint(points[i].X, (double)answered / points.Length, Math.Min(1, wrong / answered)));
            }
        }

        return curve;
    }

    /// <summary>The area under the curve (AURC): the mean, over the cases, of the risk at each case's own confidence as the threshold; 0 to 1, less is better.</summary>
    public static double Area(IReadOnlyList<RiskCoveragePoint> curve)
    {
        var (area, covered) = (0.0, 0.0);
        foreach (var point in curve)
        {
            area += (point.Coverage - covered) * point.Risk;
            covered = point.Coverage;
        }

        return area;
    }
}

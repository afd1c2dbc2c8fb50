using MathNet.Numerics;

namespace Consensus.Core.Calibration;

/// <summary>A logistic map of the raw confidence's log-odds: σ(slope · logit(raw) + intercept).</summary>
/// <remarks>
/// Platt (1999), "Probabilistic Outputs for Support Vector Machines and Comparisons to Regularized Likelihood Methods", fitted by the Newton method with
/// backtracking of Lin, Lin and Weng (2007), "A Note on Platt's Probabilistic Outputs for Support Vector Machines". Of log-odds rather than of the raw value, so that
/// the identity (slope 1, intercept 0) is among the maps.
/// </remarks>
public sealed record PlattMap : CalibrationMap
{
    /// <summary>What <see cref="CalibrationMap.Method"/> says of this map.</summary>
    public const string MethodName = "platt";

    private const int MostSteps = 100;
    private const double SmallestGradient = 1e-10;
    private const double SmallestStep = 1e-10;
    private const double SufficientDecrease = 1e-4;
    private const double Ridge = 1e-12;

    /// <summary>A map of given parameters.</summary>
    /// <param name="slope">Finite, not negative.</param>
    /// <param name="intercept">Finite.</param>
    /// <exception cref="ArgumentException">A parameter is not as said.</exception>
    public PlattMap(double slope, double intercept)
    {
        if (!double.IsFinite(slope) || slope < 0)
        {
            throw new ArgumentException($"The slope is {slope}; it must be finite and not negative.", nameof(slope));
        }

        if (!double.IsFinite(intercept))
        {
            throw new ArgumentException($"The intercept is {intercept}; it must be finite.", nameof(intercept));
        }

        (Slope, Intercept) = (slope, intercept);
    }

    /// <summary>By how much the calibrated log-odds grow with the raw ones; not negative.</summary>
    public double Slope { get; }

    /// <summary>The calibrated log-odds of a raw confidence of one half.</summary>
    public double Intercept { get; }

    /// <inheritdoc/>
    public override string Method => MethodName;

    /// <summary>Fits a map to labelled raw confidences by maximum likelihood with Platt's targets.</summary>
    /// <remarks>
    /// With N₊ the weight of what is true and N₋ of what is false, a truth's target is (N₊ + 1)/(N₊ + 2) and a falsehood's 1/(N₋ + 2); a fractional truth's lies between in
    /// proportion. Where the best slope would be negative or cannot be known (all x equal) it is 0: then every confidence maps to the mean target.
    /// </remarks>
    /// <param name="x">Raw confidences in [0, 1], at least one of them with weight.</param>
    /// <param name="y">As many truths in [0, 1].</param>
    /// <param name="weights">As many finite weights that are not negative; none given means one each.</param>
    /// <exception cref="ArgumentException">Lengths differ, a value is out of its range, or no point has weight.</exception>
    public static PlattMap Fit(ReadOnlySpan<double> x, ReadOnlySpan<double> y, ReadOnlySpan<double> weights = default)
    {
        var points = LabelledScores.Check(x, y, weights).Points;
        var total = points.Sum(static p => p.Weight);
        var hits = points.Sum(static p => p.Weight * p.Y);
        var (highest, lowest) = ((hits + 1) / (hits + 2), 1 / (total - hits + 2));
        // Around their mean the log-odds are uncorrelated with the constant, which keeps the Hessian well conditioned.
        var centre = points.Sum(static p => p.Weight * Logit(p.X)) / total;
        var cases = Array.ConvertAll(points, p => (At: Logit(p.X) - centre, Target: lowest + (p.Y * (highest - lowest)), p.Weight));
        var mean = cases.Sum(static c => c.Weight * c.Target) / total;
        var flat = SpecialFunctions.Logit(mean);
        var (slope, level) = points[0].X == points[^1].X ? (0, flat) : Newton(cases, flat);
        return slope > 0 ? new PlattMap(slope, level - (slope * centre)) : new PlattMap(0, flat);
    }

    /// <inheritdoc/>
    protected override double Map(double raw) => SpecialFunctions.Logistic((Slope * Logit(raw)) + Intercept);

    private static (double Slope, double Level) Newton((double At, double Target, double Weight)[] cases, double start)
    {
        var (slope, level) = (0.0, start);
        var loss = Loss(cases, slope, level);
        for (var step = 0; step < MostSteps; step++)
        {
            var (gradientA, gradientB, aa, ab, bb) = (0.0, 0.0, Ridge, 0.0, Ridge);
            foreach (var (at, target, weight) in cases)
            {
                var p = SpecialFunctions.Logistic((slope * at) + level);
                var (error, curvature) = (weight * (p - target), weight * p * (1 - p));
                gradientA += at * error;
                gradientB += error;
                aa += at * at * curvature;
                ab += at * curvature;
                bb += curvature;
            }

            if (Math.Abs(gradientA) < SmallestGradient && Math.Abs(gradientB) < SmallestGradient)
            {
                break;
            }

            var determinant = (aa * bb) - (ab * ab);
            var moveA = -((bb * gradientA) - (ab * gradientB)) / determinant;
            var moveB = -((aa * gradientB) - (ab * gradientA)) / determinant;
            var descent = (gradientA * moveA) + (gradientB * moveB);
            var length = 1.0;
            var next = Loss(cases, slope + moveA, level + moveB);
            while (length >= SmallestStep && !(next < loss + (SufficientDecrease * length * descent)))
            {
                length /= 2;
                next = Loss(cases, slope + (length * moveA), level + (length * moveB));
            }

            if (length < SmallestStep)
            {
                break;
            }

            (slope, level, loss) = (slope + (length * moveA), level + (length * moveB), next);
        }

        return (slope, level);
    }

    // −t·ln σ(z) − (1 − t)·ln(1 − σ(z)) = ln(1 + e^z) − t·z, in the form that cannot overflow.
    private static double Loss((double At, double Target, double Weight)[] cases, double slope, double level)
    {
        var sum = 0.0;
        foreach (var (at, target, weight) in cases)
        {
            var z = (slope * at) + level;
            sum += weight * (Math.Max(z, 0) + SpecialFunctions.Log1p(Math.Exp(-Math.Abs(z))) - (target * z));
        }

        return sum;
    }
}

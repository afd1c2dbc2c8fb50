namespace Consensus.Core.Calibration;

/// <summary>Labelled confidences, to fit a map to or to measure, checked, those without weight left out, in ascending order of x, then y.</summary>
internal readonly struct LabelledScores
{
    private LabelledScores((double X, double Y, double Weight)[] points) => Points = points;

    public (double X, double Y, double Weight)[] Points { get; }

    /// <exception cref="ArgumentException">Lengths differ, a value is out of its range, or no point has weight.</exception>
    public static LabelledScores Check(ReadOnlySpan<double> x, ReadOnlySpan<double> y, ReadOnlySpan<double> weights)
    {
        if (x.Length != y.Length || (!weights.IsEmpty && weights.Length != x.Length))
        {
            throw new ArgumentException($"There are {x.Length} confidences, {y.Length} truths and {weights.Length} weights; they must be as many.", nameof(y));
        }

        var points = new List<(double X, double Y, double Weight)>(x.Length);
        for (var i = 0; i < x.Length; i++)
        {
            var weight = weights.IsEmpty ? 1 : weights[i];
            RequireShare(x[i], $"Confidence {i}", nameof(x));
            RequireShare(y[i], $"Truth {i}", nameof(y));
            if (!double.IsFinite(weight) || weight < 0)
            {
                throw new ArgumentException($"Weight {i} is {weight}; it must be finite and not negative.", nameof(weights));
            }

            if (weight > 0)
            {
                points.Add((x[i], y[i], weight));
            }
        }

        if (points.Count == 0)
        {
            throw new ArgumentException("There are no points with a weight.", nameof(x));
        }

        points.Sort();
        return new LabelledScores([.. points]);
    }

    private static void RequireShare(double value, string name, string parameter)
    {
        if (!(value is >= 0 and <= 1))
        {
            throw new ArgumentException($"{name} is {value}; it must be within 0 and 1.", parameter);
        }
    }
}

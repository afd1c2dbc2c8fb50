using System.Collections.Immutable;

namespace Consensus.Core.Calibration;

/// <summary>A map that is linear between knots and constant beyond the first and the last; fitted by isotonic regression.</summary>
/// <remarks>Source: Zadrozny and Elkan (2002), "Transforming Classifier Scores into Accurate Multiclass Probability Estimates".</remarks>
public sealed record IsotonicMap : CalibrationMap
{
    /// <summary>What <see cref="CalibrationMap.Method"/> says of this map.</summary>
    public const string MethodName = "isotonic";

    /// <summary>A map through given knots.</summary>
    /// <param name="x">Raw confidences in [0, 1], strictly ascending, at least one.</param>
    /// <param name="y">As many calibrated confidences in [0, 1], non-decreasing.</param>
    /// <exception cref="ArgumentException">The knots are not as said.</exception>
    public IsotonicMap(IEnumerable<double> x, IEnumerable<double> y)
    {
        (X, Y) = ([.. x], [.. y]);
        if (X.Length != Y.Length || X.IsEmpty)
        {
            throw new ArgumentException($"There are {X.Length} knots in x and {Y.Length} in y; they must be as many, and at least one.", nameof(y));
        }

        for (var i = 0; i < X.Length; i++)
        {
            if (!(X[i] is >= 0 and <= 1) || (i > 0 && X[i] <= X[i - 1]))
            {
                throw new ArgumentException($"x[{i}] is {X[i]}; the knots must be within 0 and 1 and ascend strictly.", nameof(x));
            }

            if (!(Y[i] is >= 0 and <= 1) || (i > 0 && Y[i] < Y[i - 1]))
            {
                throw new ArgumentException($"y[{i}] is {Y[i]}; the values must be within 0 and 1 and not decrease.", nameof(y));
            }
        }
    }

    /// <summary>The raw confidences of the knots, strictly ascending.</summary>
    public ImmutableArray<double> X { get; }

    /// <summary>The calibrated confidences of the knots, non-decreasing.</summary>
    public ImmutableArray<double> Y { get; }

    /// <inheritdoc/>
    public override string Method => MethodName;

    /// <summary>Fits a map to labelled raw confidences.</summary>
    /// <remarks>
    /// Points of equal x are one point, their weighted mean, before anything is pooled: else the fit would depend on their order. Adjacent violators are then pooled
    /// (<see cref="PoolAdjacentViolators"/>). A knot stands at the weighted mean x of its block, not at the block's edges: straight lines between the centres follow a
    /// smooth truth with less error than steps, and keep apart what steps would tie. With smoothing a block's value is (hits + 1)/(n + 2), weights counting as cases.
    /// Smoothing pulls small blocks more than large ones and may so put two out of order; such neighbours are pooled further, their common value smoothed from their
    /// common counts, until the values ascend. Without smoothing the values are the isotonic regression's.
    /// </remarks>
    /// <param name="x">Raw confidences in [0, 1], at least one of them with weight.</param>
    /// <param name="y">As many truths in [0, 1]; a winner among t tied answers may count 1/t.</param>
    /// <param name="weights">As many finite weights that are not negative; none given means one each. A point without weight is left out.</param>
    /// <param name="smooth">Whether blocks are smoothed, which keeps every value off 0 and 1.</param>
    /// <exception cref="ArgumentException">Lengths differ, a value is out of its range, or no point has weight.</exception>
    public static IsotonicMap Fit(ReadOnlySpan<double> x, ReadOnlySpan<double> y, ReadOnlySpan<double> weights = default, bool smooth = true)
    {
        var points = LabelledScores.Check(x, y, weights).Points;
        var pooled = new Stack<PooledBlock>();
        for (var start = 0; start < points.Length;)
        {
            var tied = new PooledBlock(0, 0, 0, 0, points[start].X, points[start].X);
            for (; start < points.Length && points[start].X == tied.LeastX; start++)
            {
                var (at, truth, weight) = points[start];
                tied = tied.And(new PooledBlock(1, weight, weight * at, weight * truth, at, at));
            }

            PoolAdjacentViolators.Push(pooled, tied, static block => block.Mean);
        }

        var blocks = pooled;
        if (smooth)
        {
            blocks = new Stack<PooledBlock>();
            foreach (var block in pooled.Reverse())
            {
                PoolAdjacentViolators.Push(blocks, block, static block => block.Smoothed);
            }
        }

        var ascending = blocks.Reverse().ToArray();
        return new IsotonicMap(ascending.Select(static b => b.Centre), ascending.Select(b => Math.Clamp(smooth ? b.Smoothed : b.Mean, 0, 1)));
    }

    /// <summary>Whether the other map has the same knots.</summary>
    public bool Equals(IsotonicMap? other) => other is not null && X.AsSpan().SequenceEqual(other.X.AsSpan()) && Y.AsSpan().SequenceEqual(other.Y.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(X.Length, X[0], X[^1], Y[0], Y[^1]);

    /// <inheritdoc/>
    protected override double Map(double raw)
    {
        var at = X.AsSpan().BinarySearch(raw);
        if (at >= 0)
        {
            return Y[at];
        }

        var above = ~at;
        if (above == 0 || above == X.Length)
        {
            return above == 0 ? Y[0] : Y[^1];
        }

        var share = (raw - X[above - 1]) / (X[above] - X[above - 1]);
        return Math.Min(Y[above], Y[above - 1] + (share * (Y[above] - Y[above - 1])));
    }
}

namespace Consensus.Core.Calibration;

/// <summary>Weighted isotonic regression: the non-decreasing sequence nearest to given values in weighted squares.</summary>
/// <remarks>
/// Pool adjacent violators: Ayer, Brunk, Ewing, Reid and Silverman (1955), "An Empirical Distribution Function for Sampling with Incomplete Information"; in linear
/// time with a stack of blocks as in Best and Chakravarti (1990), "Active Set Algorithms for Isotonic Regression".
/// </remarks>
public static class PoolAdjacentViolators
{
    /// <summary>The fitted value of each position.</summary>
    /// <param name="values">Finite values in the order in which the fit must not decrease.</param>
    /// <param name="weights">One positive, finite weight per value; none given means one each.</param>
    /// <returns>As many values, non-decreasing, with the weighted mean of the given ones.</returns>
    /// <exception cref="ArgumentException">A value or a weight is not as said, or the two differ in number.</exception>
    public static double[] Fit(ReadOnlySpan<double> values, ReadOnlySpan<double> weights = default)
    {
        if (!weights.IsEmpty && weights.Length != values.Length)
        {
            throw new ArgumentException($"There are {values.Length} values but {weights.Length} weights.", nameof(weights));
        }

        var blocks = new Stack<PooledBlock>();
        for (var i = 0; i < values.Length; i++)
        {
            var weight = weights.IsEmpty ? 1 : weights[i];
            if (!double.IsFinite(values[i]))
            {
                throw new ArgumentException($"Value {i} is {values[i]}; it must be finite.", nameof(values));
            }

            if (!double.IsFinite(weight) || weight <= 0)
            {
                throw new ArgumentException($"Weight {i} is {weight}; it must be positive and finite.", nameof(weights));
            }

            Push(blocks, new PooledBlock(1, weight, weight * i, weight * values[i], i, i), static block => block.Mean);
        }

        var fitted = new double[values.Length];
        var end = fitted.Length;
        foreach (var block in blocks)
        {
            fitted.AsSpan(end - block.Points, block.Points).Fill(block.Mean);
            end -= block.Points;
        }

        return fitted;
    }

    /// <summary>Adds a block on top and pools downwards until the blocks' levels increase strictly.</summary>
    internal static void Push(Stack<PooledBlock> blocks, PooledBlock next, Func<PooledBlock, double> level)
    {
        while (blocks.TryPeek(out var below) && level(below) >= level(next))
        {
            next = blocks.Pop().And(next);
        }

        blocks.Push(next);
    }
}

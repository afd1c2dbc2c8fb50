using MathNet.Numerics;

namespace Consensus.Core.Evaluation;

/// <summary>Whether one of two systems that answered the same questions is right more often.</summary>
/// <remarks>McNemar (1947), "Note on the Sampling Error of the Difference between Correlated Proportions or Percentages"; the exact conditional test is binomial.</remarks>
public static class McNemar
{
    /// <summary>The exact two-sided p-value: twice the probability that a fair coin falls on its rarer side at most as often as seen, at most 1.</summary>
    /// <param name="b">The questions that only the first answered right, not negative.</param>
    /// <param name="c">The questions that only the second answered right, not negative.</param>
    /// <returns>Above 0, at most 1; 1 when the two never differ.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A count is negative.</exception>
    public static double ExactP(int b, int c)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(b);
        ArgumentOutOfRangeException.ThrowIfNegative(c);
        // P(X ≤ k) = I_{1/2}(n − k, k + 1) for X ~ Bin(n, 1/2).
        return b == c ? 1 : Math.Min(1, 2 * SpecialFunctions.BetaRegularized(Math.Max(b, c), Math.Min(b, c) + 1.0, 0.5));
    }
}

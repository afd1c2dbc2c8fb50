using MathNet.Numerics.Statistics;

namespace Consensus.Core.Evaluation;

/// <summary>How far two quantities rise and fall together, by rank.</summary>
public static class RankCorrelation
{
    /// <summary>Fewer cases show no correlation: two points always lie on a line.</summary>
    public const int LeastCases = 3;

    /// <summary>Spearman's coefficient: Pearson's of the ranks, equal values sharing the mean of their ranks.</summary>
    /// <remarks>Spearman (1904), "The Proof and Measurement of Association between Two Things".</remarks>
    /// <param name="cases">Finite pairs of values.</param>
    /// <returns>−1 to 1; <c>null</c> with fewer than <see cref="LeastCases"/>, or when one of the quantities does not vary.</returns>
    public static double? Spearman(IReadOnlyCollection<(double X, double Y)> cases)
    {
        if (cases.Count < LeastCases || cases.Select(c => c.X).Distinct().Count() < 2 || cases.Select(c => c.Y).Distinct().Count() < 2)
        {
            return null;
        }

        // Rounding may carry the coefficient of a perfect order just past 1.
        return Math.Clamp(Correlation.Spearman(cases.Select(c => c.X), cases.Select(c => c.Y)), -1, 1);
    }
}

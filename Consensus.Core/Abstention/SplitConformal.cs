namespace Consensus.Core.Abstention;

/// <summary>Sets of answers that hold the true one with a given probability, whatever the model.</summary>
/// <remarks>
/// Split conformal prediction: Vovk, Gammerman and Shafer (2005), "Algorithmic Learning in a Random World"; Angelopoulos and Bates (2021), "A Gentle Introduction to
/// Conformal Prediction and Distribution-Free Uncertainty Quantification". The score is that of least ambiguous sets (LAC): Sadinle, Lei and Wasserman (2019). The
/// probability is over calibration sets and new cases alike, which must be exchangeable with each other; it is not for each case.
/// </remarks>
public static class SplitConformal
{
    // (n + 1)(1 − α) may be a whole number that its computation misses by a rounding.
    private const double Rounding = 1e-9;

    /// <summary>How badly an answer fits: 1 less its probability.</summary>
    public static double Score(double probability) => 1 - probability;

    /// <summary>The ⌈(n + 1)(1 − α)⌉-th smallest of n calibration scores.</summary>
    /// <param name="scores">The scores of the true answers of the calibration set, numbers.</param>
    /// <param name="alpha">How often a set may miss the true answer, within 0 and 1.</param>
    /// <returns>The score up to which answers belong to the set; positive infinity where so few scores promise nothing less than all answers.</returns>
    /// <exception cref="ArgumentException">A score is not a number, or α is out of its range.</exception>
    public static double Threshold(ReadOnlySpan<double> scores, double alpha)
    {
        if (!(alpha > 0 && alpha < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(alpha), alpha, "The value must lie between 0 and 1.");
        }

        var sorted = scores.ToArray();
        if (sorted.Any(double.IsNaN))
        {
            throw new ArgumentException("A score is not a number.", nameof(scores));
        }

        Array.Sort(sorted);
        var rank = (int)Math.Ceiling(((sorted.Length + 1) * (1 - alpha)) - Rounding);
        return rank > sorted.Length ? double.PositiveInfinity : sorted[Math.Max(rank, 1) - 1];
    }

    /// <summary>The positions of the answers whose scores do not exceed the threshold, ascending; it may be none.</summary>
    /// <param name="probabilities">One probability per possible answer.</param>
    /// <param name="threshold">What <see cref="Threshold"/> gave.</param>
    public static IReadOnlyList<int> Set(ReadOnlySpan<double> probabilities, double threshold)
    {
        var members = new List<int>();
        for (var i = 0; i < probabilities.Length; i++)
        {
            if (Score(probabilities[i]) <= threshold)
            {
                members.Add(i);
            }
        }

        return members;
    }
}

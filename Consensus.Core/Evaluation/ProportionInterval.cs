using MathNet.Numerics.Distributions;

namespace Consensus.Core.Evaluation;

/// <summary>Confidence intervals of a proportion that was estimated from independent cases.</summary>
public static class ProportionInterval
{
    /// <summary>Wilson's score interval: near its level on average and sound for small counts and near 0 and 1.</summary>
    /// <remarks>Wilson (1927), "Probable Inference, the Law of Succession, and Statistical Inference".</remarks>
    /// <param name="successes">0 to <paramref name="n"/>; shares of a case, as of ties, may be counted.</param>
    /// <param name="n">The number of cases; of none the interval is 0 to 1.</param>
    /// <param name="level">The level of confidence, within 0 and 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is not as said.</exception>
    public static (double Low, double High) Wilson(double successes, int n, double level = 0.95)
    {
        RequireCount(successes, n, nameof(successes));
        RequireShare(level, nameof(level));
        if (n == 0)
        {
            return (0, 1);
        }

        var z = Normal.InvCDF(0, 1, (1 + level) / 2);
        var share = successes / n;
        var shrunk = 1 + (z * z / n);
        var centre = (share + (z * z / (2 * n))) / shrunk;
        var half = z / shrunk * Math.Sqrt((share * (1 - share) / n) + (z * z / (4.0 * n * n)));
        return (successes == 0 ? 0 : Math.Max(0, centre - half), successes == n ? 1 : Math.Min(1, centre + half));
    }

    /// <summary>The exact two-sided interval: it covers the true proportion at least as often as its level says.</summary>
    /// <remarks>Clopper and Pearson (1934), "The Use of Confidence or Fiducial Limits Illustrated in the Case of the Binomial".</remarks>
    /// <param name="successes">0 to <paramref name="n"/>.</param>
    /// <param name="n">The number of cases; of none the interval is 0 to 1.</param>
    /// <param name="level">The level of confidence, within 0 and 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is not as said.</exception>
    public static (double Low, double High) ClopperPearson(int successes, int n, double level = 0.95)
    {
        RequireCount(successes, n, nameof(successes));
        RequireShare(level, nameof(level));
        var tail = (1 - level) / 2;
        return (1 - ClopperPearsonUpper(n - successes, n, tail), ClopperPearsonUpper(successes, n, tail));
    }

    /// <summary>The exact one-sided upper bound of an error rate: the rate at which so few errors would have probability <paramref name="delta"/>.</summary>
    /// <param name="errors">0 to <paramref name="n"/>.</param>
    /// <param name="n">The number of cases; of none the bound is 1.</param>
    /// <param name="delta">How often the bound may be below the true rate, within 0 and 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is not as said.</exception>
    public static double ClopperPearsonUpper(int errors, int n, double delta)
    {
        RequireCount(errors, n, nameof(errors));
        RequireShare(delta, nameof(delta));
        return errors == n ? 1 : errors == 0 ? 1 - Math.Pow(delta, 1.0 / n) : Beta.InvCDF(errors + 1, n - errors, 1 - delta);
    }

    private static void RequireCount(double count, int n, string parameter)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(n);
        if (!(count >= 0 && count <= n))
        {
            throw new ArgumentOutOfRangeException(parameter, count, $"The count must be within 0 and {n}.");
        }
    }

    private static void RequireShare(double value, string parameter)
    {
        if (!(value > 0 && value < 1))
        {
            throw new ArgumentOutOfRangeException(parameter, value, "The value must lie between 0 and 1.");
        }
    }
}

using System.Runtime.InteropServices;
using Consensus.Core.Numerics;

namespace Consensus.Core.Evaluation;

/// <summary>Percentile intervals by resampling cases, so that what was measured on the same cases stays together.</summary>
/// <remarks>Efron (1979), "Bootstrap Methods: Another Look at the Jackknife"; Efron and Tibshirani (1993), "An Introduction to the Bootstrap", chapter 13.</remarks>
public static class PairedBootstrap
{
    /// <summary>The mean difference a − b of two systems over the same cases.</summary>
    /// <param name="a">The first system's finite score of each case.</param>
    /// <param name="b">The second's, as many.</param>
    /// <param name="replicates">How often the cases are drawn anew, at least 1.</param>
    /// <param name="seed">Of the draws.</param>
    /// <param name="level">The level of confidence, within 0 and 1.</param>
    /// <exception cref="ArgumentException">There are no cases, lengths differ, a score is not finite, or an argument is out of its range.</exception>
    public static BootstrapInterval Difference(ReadOnlySpan<double> a, ReadOnlySpan<double> b, int replicates, ulong seed, double level = 0.95)
    {
        Require(a.Length, replicates, level);
        if (a.Length != b.Length)
        {
            throw new ArgumentException($"The first has {a.Length} cases, the second {b.Length}.", nameof(b));
        }

        var differences = new double[a.Length];
        for (var i = 0; i < differences.Length; i++)
        {
            differences[i] = a[i] - b[i];
            if (!double.IsFinite(differences[i]))
            {
                throw new ArgumentException($"A score of case {i} is not finite.", nameof(a));
            }
        }

        var random = new SeededRandom(seed);
        var means = new double[replicates];
        for (var replicate = 0; replicate < replicates; replicate++)
        {
            var sum = 0.0;
            for (var i = 0; i < differences.Length; i++)
            {
                sum += differences[random.Next(differences.Length)];
            }

            means[replicate] = sum / differences.Length;
        }

        return BootstrapInterval.Of(differences.Average(), means, level);
    }

    /// <summary>Any statistic of cases that come in groups, such as claims of one answer: whole groups are drawn, as many as there are.</summary>
    /// <remarks>Cases of a group resemble each other; to draw them singly would make the interval too narrow (Davison and Hinkley 1997, section 3.8).</remarks>
    /// <typeparam name="TKey">What names a group.</typeparam>
    /// <param name="groups">The group of each case; the order in which groups first appear fixes what a seed draws.</param>
    /// <param name="statistic">The statistic of cases given by their positions, repeats included; what is not a number is left out of the interval.</param>
    /// <param name="replicates">How often the groups are drawn anew, at least 1.</param>
    /// <param name="seed">Of the draws.</param>
    /// <param name="level">The level of confidence, within 0 and 1.</param>
    /// <returns>The ends are not numbers when no replicate's statistic is one.</returns>
    /// <exception cref="ArgumentException">There are no cases, or an argument is out of its range.</exception>
    public static BootstrapInterval Clustered<TKey>(
        IReadOnlyList<TKey> groups, Func<ReadOnlySpan<int>, double> statistic, int replicates, ulong seed, double level = 0.95)
        where TKey : notnull
    {
        Require(groups.Count, replicates, level);
        var members = Enumerable.Range(0, groups.Count).GroupBy(i => groups[i]).Select(static group => group.ToArray()).ToArray();
        var random = new SeededRandom(seed);
        var values = new double[replicates];
        var drawn = new List<int>(groups.Count);
        for (var replicate = 0; replicate < replicates; replicate++)
        {
            drawn.Clear();
            for (var i = 0; i < members.Length; i++)
            {
                drawn.AddRange(members[random.Next(members.Length)]);
            }

            values[replicate] = statistic(CollectionsMarshal.AsSpan(drawn));
        }

        return BootstrapInterval.Of(statistic(Enumerable.Range(0, groups.Count).ToArray()), values, level);
    }

    private static void Require(int cases, int replicates, double level)
    {
        if (cases == 0)
        {
            throw new ArgumentException("There are no cases to draw from.", nameof(cases));
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(replicates, 1);
        if (!(level > 0 && level < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(level), level, "The level must lie between 0 and 1.");
        }
    }
}

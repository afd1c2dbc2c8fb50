using Consensus.Core.Evaluation;
using Consensus.Core.Numerics;

namespace Consensus.Core.Ranking;

/// <summary>The Bradley–Terry model of paired comparisons: each player has a strength, and i beats j with the probability 1/(1 + e^(θ_j − θ_i)). A tie is half a win for each.</summary>
/// <remarks>
/// Source: Bradley and Terry (1952), "Rank Analysis of Incomplete Block Designs"; the condition for a finite fit is Ford's (1957), "Solution of a Ranking Problem
/// from Binary Comparisons". The likelihood is concave in θ and maximised by Newton's method with step halving.
/// </remarks>
public static class BradleyTerry
{
    /// <summary>The default of the prior, in games.</summary>
    public const double DefaultPrior = 1;

    /// <summary>Fits the log strengths.</summary>
    /// <param name="players">How many players there are, ≥ 1.</param>
    /// <param name="comparisons">What came of each comparison, in any order.</param>
    /// <param name="prior">
    /// How many virtual games every player tied with an opponent of log strength 0, ≥ 0. They keep players finite who won or lost all they played, or never met.
    /// With 0 there is no regularisation.
    /// </param>
    /// <returns>One θ per player, their mean 0: a difference of ln 3 ≈ 1.1 is three wins in four.</returns>
    /// <exception cref="ArgumentException">
    /// A comparison is not between two of the players or its score is not in [0, 1]; or there is no prior and some players never lost to the others.
    /// </exception>
    public static double[] Fit(int players, IReadOnlyList<Comparison> comparisons, double prior = DefaultPrior)
    {
        var wins = Wins(players, comparisons);
        if (prior <= 0 && !IsConnected(wins))
        {
            throw new ArgumentException("Without a prior every player must have lost to, or tied with, each other one directly or over others.", nameof(comparisons));
        }

        return PairedLikelihood.Maximise(wins, Math.Max(0, prior), new double[players]);
    }

    /// <summary>The probability that the first of two players beats the second, ties counting half.</summary>
    public static double WinProbability(double first, double second) => 1 / (1 + Math.Exp(second - first));

    /// <summary>The log strengths with their percentile bootstrap intervals: comparisons are drawn with replacement and fitted again.</summary>
    /// <param name="players">How many players there are, ≥ 1.</param>
    /// <param name="comparisons">What came of each comparison, at least one. Those that are not independent (one question in both orders) should be one comparison.</param>
    /// <param name="seed">Equal seeds and comparisons in an equal order give equal intervals.</param>
    /// <param name="prior">As in <see cref="Fit"/>, but &gt; 0: a draw may leave players apart.</param>
    /// <param name="level">The share of the replicates inside, in (0, 1).</param>
    /// <param name="replicates">How many sets of comparisons are drawn, ≥ 1.</param>
    /// <returns>One entry per player.</returns>
    /// <exception cref="ArgumentException">As in <see cref="Fit"/>, or the prior is not positive, or there is no comparison.</exception>
    public static BootstrapInterval[] Intervals(
        int players, IReadOnlyList<Comparison> comparisons, ulong seed, double prior = DefaultPrior, double level = 0.95, int replicates = 1000)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(prior);
        if (comparisons.Count == 0)
        {
            throw new ArgumentException("There is nothing to draw from.", nameof(comparisons));
        }

        var fitted = Fit(players, comparisons, prior);
        var random = new SeededRandom(seed);
        var drawn = new Comparison[comparisons.Count];
        var strengths = Enumerable.Range(0, players).Select(_ => new double[replicates]).ToArray();
        for (var replicate = 0; replicate < replicates; replicate++)
        {
            for (var i = 0; i < drawn.Length; i++)
            {
                drawn[i] = comparisons[random.Next(drawn.Length)];
            }

            var theta = PairedLikelihood.Maximise(Wins(players, drawn), prior, [.. fitted]);
            for (var player = 0; player < players; player++)
            {
                strengths[player][replicate] = theta[player];
            }
        }

        return [.. fitted.Zip(strengths, (point, drawn) => BootstrapInterval.Of(point, drawn, level))];
    }

    private static double[,] Wins(int players, IReadOnlyList<Comparison> comparisons)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(players, 1);
        var wins = new double[players, players];
        foreach (var (first, second, score) in comparisons)
        {
            if (first < 0 || first >= players || second < 0 || second >= players || first == second || score is not (>= 0 and <= 1))
            {
                throw new ArgumentException($"A comparison needs two of the {players} players and a score from 0 to 1: {first}, {second}, {score}.", nameof(comparisons));
            }

            wins[first, second] += score;
            wins[second, first] += 1 - score;
        }

        return wins;
    }

    // Whether from player 0 all others are reached along wins, and along losses.
    private static bool IsConnected(double[,] wins)
    {
        return Reaches((i, j) => wins[i, j] > 0) && Reaches((i, j) => wins[j, i] > 0);

        bool Reaches(Func<int, int, bool> edge)
        {
            var reached = new HashSet<int> { 0 };
            var open = new Stack<int>(reached);
            while (open.TryPop(out var i))
            {
                for (var j = 0; j < wins.GetLength(0); j++)
                {
                    if (edge(i, j) && reached.Add(j))
                    {
                        open.Push(j);
                    }
                }
            }

            return reached.Count == wins.GetLength(0);
        }
    }
}

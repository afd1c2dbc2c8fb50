namespace Consensus.Core.Ranking;

/// <summary>
/// Schulze's rule: a chain of won duels is as strong as its weakest duel (the number of rankers for its winner), and an option stands before another when its
/// strongest chain to it is stronger than the one back. That relation has no cycles; an option that wins every duel leads.
/// </summary>
/// <remarks>
/// Source: Schulze (2011), "A new monotonic, clone-independent, reversal symmetric, and Condorcet-consistent single-winner election method", with winning votes as the
/// strength of a duel.
/// </remarks>
public static class Schulze
{
    /// <summary>The strength of the strongest chain from each option to each other; 0 without one.</summary>
    public static int[,] StrongestPaths(PairwisePreferences preferences)
    {
        var n = preferences.Options;
        var strength = new int[n, n];
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < n; j++)
            {
                strength[i, j] = preferences[i, j] > preferences[j, i] ? preferences[i, j] : 0;
            }
        }

        for (var over = 0; over < n; over++)
        {
            for (var i = 0; i < n; i++)
            {
                for (var j = 0; j < n; j++)
                {
                    if (i != j)
                    {
                        strength[i, j] = Math.Max(strength[i, j], Math.Min(strength[i, over], strength[over, j]));
                    }
                }
            }
        }

        return strength;
    }

    /// <summary>Groups of options, the best first: each holds those that no option outside the groups before it stands before.</summary>
    /// <param name="options">The options to order.</param>
    /// <param name="preferences">Who is preferred to whom.</param>
    internal static IReadOnlyList<IReadOnlyList<int>> Order(IReadOnlyList<int> options, PairwisePreferences preferences)
    {
        var strength = StrongestPaths(preferences);
        var left = options.ToList();
        var groups = new List<IReadOnlyList<int>>();
        while (left.Count > 0)
        {
            int[] best = [.. left.Where(option => !left.Any(other => strength[other, option] > strength[option, other]))];
            groups.Add(best);
            left.RemoveAll(best.Contains);
        }

        return groups;
    }
}

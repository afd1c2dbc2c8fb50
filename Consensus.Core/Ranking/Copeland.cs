namespace Consensus.Core.Ranking;

/// <summary>Copeland's rule: the duels that an option wins less those it loses. A duel is won by whom more rankers put before the other. An option that wins every duel leads.</summary>
/// <remarks>Source: Copeland (1951), "A Reasonable Social Welfare Function"; described in Saari and Merlin (1996), "The Copeland Method I".</remarks>
public static class Copeland
{
    /// <summary>The scores, −(n − 1) to n − 1 for n options.</summary>
    public static double[] Scores(PairwisePreferences preferences)
    {
        var scores = new double[preferences.Options];
        for (var first = 0; first < scores.Length; first++)
        {
            for (var second = 0; second < scores.Length; second++)
            {
                scores[first] += Math.Sign(preferences[first, second] - preferences[second, first]);
            }
        }

        return scores;
    }
}

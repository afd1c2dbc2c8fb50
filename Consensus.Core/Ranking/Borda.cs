namespace Consensus.Core.Ranking;

/// <summary>
/// The Borda count: in a ranking of m options each gets the share of the m − 1 others that stand behind it, equals counting half; its score is the mean over the
/// rankings that hold it. Over complete rankings that is Borda's order.
/// </summary>
/// <remarks>
/// Source: Borda (1784), "Mémoire sur les élections au scrutin"; ties count half as in Dummett (1998), "The Borda Count and Agenda Manipulation". The mean over those
/// who rank an option, in the place of a sum, keeps an option from losing by being left out.
/// </remarks>
public static class Borda
{
    /// <summary>The scores, 0 to 1; 0 for an option in no ranking of two or more.</summary>
    /// <param name="options">How many options there are.</param>
    /// <param name="rankings">What each ranker says.</param>
    public static double[] Scores(int options, IReadOnlyList<OptionRanking> rankings)
    {
        var sums = new double[options];
        var held = new int[options];
        foreach (var ranking in rankings.Where(ranking => ranking.Count > 1))
        {
            var behind = ranking.Count;
            foreach (var group in ranking.Groups)
            {
                behind -= group.Count;
                foreach (var option in group)
                {
                    sums[option] += (behind + ((group.Count - 1) / 2.0)) / (ranking.Count - 1);
                    held[option]++;
                }
            }
        }

        return [.. sums.Zip(held, static (sum, count) => count == 0 ? 0 : sum / count)];
    }
}

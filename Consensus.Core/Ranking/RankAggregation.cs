namespace Consensus.Core.Ranking;

/// <summary>Makes one ranking of several, which may be partial. Ties stay ties; neither the order of the rankings nor the numbers of the options matter.</summary>
public static class RankAggregation
{
    /// <summary>Aggregates.</summary>
    /// <param name="rule">How.</param>
    /// <param name="options">How many options there are, numbered from 0.</param>
    /// <param name="rankings">What each ranker says.</param>
    /// <returns>All options, the best first: options that no ranking compares with another stand last, as equals.</returns>
    /// <exception cref="ArgumentException">A ranking holds an option that is not there.</exception>
    public static OptionRanking Order(RankingRule rule, int options, IReadOnlyList<OptionRanking> rankings)
    {
        if (rankings.Any(ranking => ranking.Groups.Any(group => group.Any(option => option >= options))))
        {
            throw new ArgumentException($"The options are numbered 0 to {options - 1}.", nameof(rankings));
        }

        // A ranking of one option compares nothing.
        var comparing = rankings.Where(ranking => ranking.Count > 1).ToArray();
        var compared = new bool[options];
        foreach (var option in comparing.SelectMany(ranking => ranking.Groups).SelectMany(group => group))
        {
            compared[option] = true;
        }

        int[] ranked = [.. Enumerable.Range(0, options).Where(option => compared[option])];
        int[] rest = [.. Enumerable.Range(0, options).Where(option => !compared[option])];
        var order = rule switch
        {
            RankingRule.Borda => ByScore(ranked, Borda.Scores(options, comparing)),
            RankingRule.Copeland => ByScore(ranked, Copeland.Scores(new PairwisePreferences(options, comparing))),
            RankingRule.Schulze => Schulze.Order(ranked, new PairwisePreferences(options, comparing)),
            _ => throw new ArgumentOutOfRangeException(nameof(rule), rule, message: null),
        };
        return new OptionRanking(rest.Length == 0 ? order : [.. order, rest]);
    }

    // Scores are sums of fractions: rounding keeps the order of the rankings from showing in a tie.
    private static IReadOnlyList<IReadOnlyList<int>> ByScore(int[] options, double[] scores) =>
        [.. options.GroupBy(option => Math.Round(scores[option], 9)).OrderByDescending(group => group.Key).Select(group => (int[])[.. group])];
}

namespace Consensus.Core.Ranking;

/// <summary>How many rankers put one option before another. Who ranks only one of the two, or both alike, counts for neither.</summary>
public sealed class PairwisePreferences
{
    private readonly int[,] _before;

    /// <summary>Counts.</summary>
    /// <param name="options">How many options there are.</param>
    /// <param name="rankings">What each ranker says of options below that number.</param>
    public PairwisePreferences(int options, IReadOnlyList<OptionRanking> rankings)
    {
        Options = options;
        _before = new int[options, options];
        foreach (var ranking in rankings)
        {
            for (var better = 0; better < ranking.Groups.Count; better++)
            {
                foreach (var worse in ranking.Groups.Skip(better + 1).SelectMany(group => group))
                {
                    foreach (var option in ranking.Groups[better])
                    {
                        _before[option, worse]++;
                    }
                }
            }
        }
    }

    /// <summary>How many options there are.</summary>
    public int Options { get; }

    /// <summary>How many rankers put the first option before the second.</summary>
    public int this[int first, int second] => _before[first, second];
}

namespace Consensus.Core.Ranking;

/// <summary>What one ranker says of some options: groups of equals, the best first. Of an option that is in no group it says nothing, not that it is the worst.</summary>
public sealed class OptionRanking
{
    /// <param name="groups">The groups, each with at least one option; no option stands twice.</param>
    /// <exception cref="ArgumentException">A group is empty, or an option is negative or stands twice.</exception>
    public OptionRanking(IReadOnlyList<IReadOnlyList<int>> groups)
    {
        var seen = new HashSet<int>();
        if (groups.Any(group => group.Count == 0 || group.Any(option => option < 0 || !seen.Add(option))))
        {
            throw new ArgumentException("Every group has at least one option, and no option stands twice.", nameof(groups));
        }

        Groups = groups;
        Count = seen.Count;
    }

    /// <summary>The groups of equals, the best first.</summary>
    public IReadOnlyList<IReadOnlyList<int>> Groups { get; }

    /// <summary>How many options are ranked.</summary>
    public int Count { get; }

    /// <summary>A ranking without ties, the best first.</summary>
    public static OptionRanking Of(params IEnumerable<int> options) => new([.. options.Select(static option => (int[])[option])]);

    /// <summary>The same the other way round.</summary>
    public OptionRanking Reversed() => new([.. Groups.Reverse()]);
}

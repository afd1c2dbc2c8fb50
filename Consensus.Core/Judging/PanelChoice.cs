namespace Consensus.Core.Judging;

/// <summary>Which candidates a panel of judges takes for the best.</summary>
internal static class PanelChoice
{
    private const double Tolerance = 1e-9;

    /// <summary>
    /// By median: those of the highest score. By pairs: those with the most points, one for a pair that is won and one half for a tie or a pair without a verdict
    /// (Copeland 1951: where each is compared with each, a candidate that beats all others leads). Ties are ties: all of them lead.
    /// </summary>
    /// <returns>Their places; none when no candidate has a score, or no pair a verdict.</returns>
    public static IReadOnlyList<int> Leaders(JudgedRun run, PanelRule rule, IReadOnlyList<double?> scores)
    {
        if (!rule.IsAnchored)
        {
            var best = scores.Max();
            return [.. Enumerable.Range(0, scores.Count).Where(place => scores[place] >= best - Tolerance)];
        }

        if (!run.Pairs.Any(pair => pair.HasVerdict))
        {
            return [];
        }

        // Halves add up exactly.
        var points = run.Pairs.SelectMany(pair => new[] { pair.One, pair.Two }.Select(place => (place, Credit(rule, pair, place))))
            .GroupBy(credit => credit.place, credit => credit.Item2).ToDictionary(group => group.Key, group => group.Sum());
        var most = points.Values.Max();
        return [.. points.Where(candidate => candidate.Value == most).Select(candidate => candidate.Key).Order()];
    }

    /// <summary>1 when the panel decides the pair for the candidate, 0 when for the other one, and one half for a tie.</summary>
    public static double Credit(PanelRule rule, ComparedPair pair, int place)
    {
        var decision = rule.Decide(pair.Votes);
        return PanelVote.IsTie(decision) ? 0.5 : decision > 0 == (pair.One == place) ? 1 : 0;
    }
}

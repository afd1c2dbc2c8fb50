namespace Consensus.Storage.Evidence.Searching;

/// <summary>
/// Reciprocal rank fusion (Cormack, Clarke and Büttcher 2009, "Reciprocal Rank Fusion outperforms Condorcet and individual Rank Learning Methods"; k = 60):
/// what stands high in several rankings comes first, whatever their scores are.
/// </summary>
internal static class RankFusion
{
    /// <summary>So many of each ranking count, or as many as are asked for.</summary>
    public const int Depth = 100;

    private const double K = 60;

    /// <summary>One ranking of several: by the sum of 1 / (60 + rank), then by document and place.</summary>
    /// <param name="rankings">Each the best first, with a place at most once.</param>
    public static IReadOnlyList<PassagePlace> Fuse(params IReadOnlyList<IReadOnlyList<PassagePlace>> rankings)
    {
        var ranks = new Dictionary<(string Document, int Start), List<int>>();
        foreach (var ranking in rankings)
        {
            foreach (var (i, place) in ranking.Index())
            {
                if (ranks.TryGetValue((place.Document, place.Start), out var there))
                {
                    there.Add(i + 1);
                }
                else
                {
                    ranks[(place.Document, place.Start)] = [i + 1];
                }
            }
        }

        // Added up from the smallest: the sum does not depend on which ranking came first.
        return
        [
            .. ranks.Select(static pair => new PassagePlace(
                    pair.Key.Document, pair.Key.Start, pair.Value.OrderDescending().Aggregate(0.0, static (sum, rank) => sum + (1 / (K + rank)))))
                .OrderByDescending(static place => place.Score).ThenBy(static place => place.Document, StringComparer.Ordinal)
                .ThenBy(static place => place.Start),
        ];
    }
}

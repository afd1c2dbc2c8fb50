using Consensus.Storage.Evidence.Searching;

namespace Consensus.Storage.Evidence.Vectors;

/// <summary>The passages that are most similar to a query, of all that are shown.</summary>
/// <param name="query">The query.</param>
/// <param name="most">How many at most, at least one.</param>
internal sealed class SimilarPassages(QueryVector query, int most)
{
    /// <summary>The least similar one is at its head.</summary>
    private readonly PriorityQueue<PassagePlace, PassagePlace> _best = new(Comparer<PassagePlace>.Create(static (one, other) => -Compare(one, other)));

    /// <summary>By their similarity, then by document and place.</summary>
    public IReadOnlyList<PassagePlace> Found => [.. _best.UnorderedItems.Select(static item => item.Element).Order(Comparer<PassagePlace>.Create(Compare))];

    /// <summary>Looks at each passage of a block. One whose vectors have another length than the query's has nothing to compare.</summary>
    public void Add(VectorBlock block)
    {
        if (block.Dimensions != query.Packed.Length)
        {
            return;
        }

        for (var i = 0; i < block.Starts.Count; i++)
        {
            var similarity = block.Similarity(i, query);
            if (similarity < query.MinSimilarity || similarity <= 0)
            {
                continue;
            }

            var place = new PassagePlace(block.Document, block.Starts[i], similarity);
            if (_best.Count < most)
            {
                _best.Enqueue(place, place);
            }
            else if (Compare(place, _best.Peek()) < 0)
            {
                _best.DequeueEnqueue(place, place);
            }
        }
    }

    private static int Compare(PassagePlace one, PassagePlace other) =>
        other.Score.CompareTo(one.Score) is var score and not 0 ? score
        : string.CompareOrdinal(one.Document, other.Document) is var document and not 0 ? document
        : one.Start.CompareTo(other.Start);
}

using System.Diagnostics;
using Consensus.Core.Evidence.Passages;
using Consensus.Storage.Evidence.Schema;
using Consensus.Storage.Evidence.Searching;
using Consensus.Storage.Evidence.Vectors;
using Consensus.Storage.Telemetry;

namespace Consensus.Storage.Evidence;

public sealed partial class EvidenceStore
{
    /// <summary>
    /// The passages of a collection that have words of a query, the most relevant first; equal ones by document, the oldest first, and place.
    /// </summary>
    /// <param name="collection">The collection; nothing is found in one that is not there.</param>
    /// <param name="query">Words, in any script; of a text that is too long the first ones count.</param>
    /// <param name="most">How many at most.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task<PassageHits> SearchAsync(Guid collection, string query, int most, CancellationToken cancellationToken) =>
        SearchAsync(collection, query, most, vector: null, cancellationToken);

    /// <summary>
    /// The passages of a collection that have words of a query or are similar to it, by both rankings taken together; equal ones by document, the oldest
    /// first, and place. Passages that have no vectors yet are found by their words.
    /// </summary>
    /// <param name="collection">The collection; nothing is found in one that is not there.</param>
    /// <param name="query">Words, in any script; of a text that is too long the first ones count.</param>
    /// <param name="most">How many at most.</param>
    /// <param name="vector">The query as a vector; <c>null</c>: passages are found by words alone, as where none of them has a vector to compare it
    /// with.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<PassageHits> SearchAsync(Guid collection, string query, int most, QueryVector? vector, CancellationToken cancellationToken)
    {
        var (began, isDone) = (Stopwatch.GetTimestamp(), false);
        try
        {
            var found = await ReadAsync(rows => Search(rows, collection, query, most, vector), cancellationToken);
            isDone = true;
            return found;
        }
        finally
        {
            EvidenceMetrics.Searched(began, isStored: true, isDone);
        }
    }

    private PassageHits Search(EvidenceRows rows, Guid collection, string query, int most, QueryVector? vector)
    {
        if (rows.FindCollection(collection) is not { } there)
        {
            return new PassageHits(PassageSearch.Bm25, []);
        }

        VectorPlace[] places = vector is null || most < 1
            ? [] : [.. rows.ListVectors(collection, vector.Space.Name).Where(place => place.Dimensions == vector.Packed.Length)];
        if (places.Length == 0)
        {
            return new PassageHits(PassageSearch.Bm25, Found(rows, rows.Search(collection, query, most)), 0, there.Passages);
        }

        var depth = Math.Max(most, RankFusion.Depth);
        var similar = new SimilarPassages(vector!, depth);
        _vectors.Visit(places.Select(static place => place.Id), rows.ReadVectors, similar.Add);
        var fused = RankFusion.Fuse(rows.Search(collection, query, depth), similar.Found);
        return new PassageHits(PassageSearch.Hybrid, Found(rows, [.. fused.Take(most)]), places.Sum(static place => place.Passages), there.Passages);
    }

    /// <summary>The passages at places. What was deleted since is left out.</summary>
    private static List<RankedPassage> Found(EvidenceRows rows, IReadOnlyList<PassagePlace> places)
    {
        var read = rows.FindTexts(places.Select(static place => Guid.Parse(place.Document)).Distinct());
        return
        [
            .. places.Select(place => (Place: place, IsThere: read.TryGetValue(Guid.Parse(place.Document), out var found), Found: found))
                .Where(static hit => hit.IsThere).Select(static hit => Ranked(hit.Place, hit.Found.Document, hit.Found.Text)),
        ];
    }

    private static RankedPassage Ranked(PassagePlace place, StoredDocument document, StoredPassages text)
    {
        var span = text.Passages.First(span => span[0] == place.Start);
        return new RankedPassage(PassageOf(document, text.Text, new PassageSpan(span[0], span[1])), place.Score);
    }
}

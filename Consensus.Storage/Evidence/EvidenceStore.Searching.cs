using System.Diagnostics;
using Consensus.Core.Evidence.Passages;
using Consensus.Storage.Evidence.Schema;
using Consensus.Storage.Evidence.Searching;
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
    public async Task<PassageHits> SearchAsync(Guid collection, string query, int most, CancellationToken cancellationToken)
    {
        var (began, isDone) = (Stopwatch.GetTimestamp(), false);
        try
        {
            var found = await ReadAsync(rows => Search(rows, collection, query, most), cancellationToken);
            isDone = true;
            return new PassageHits(PassageSearch.Bm25, found);
        }
        finally
        {
            EvidenceMetrics.Searched(began, isStored: true, isDone);
        }
    }

    private static List<RankedPassage> Search(EvidenceRows rows, Guid collection, string query, int most) =>
        rows.FindCollection(collection) is null ? [] : Found(rows, rows.Search(collection, query, most));

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

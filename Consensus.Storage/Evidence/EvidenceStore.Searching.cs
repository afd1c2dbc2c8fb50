using System.Diagnostics;
using Consensus.Core.Evidence.Passages;
using Consensus.Storage.Evidence.Schema;
using Consensus.Storage.Evidence.Searching;
using Consensus.Storage.Telemetry;
using LiteDB;

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
            var found = await ReadAsync(database => Search(database, collection, query, most), cancellationToken);
            isDone = true;
            return new PassageHits(PassageSearch.Bm25, found);
        }
        finally
        {
            EvidenceMetrics.Searched(began, isStored: true, isDone);
        }
    }

    private List<RankedPassage> Search(LiteDatabase database, Guid collection, string query, int most) => Find(database, collection) is null
        ? []
        : Found(database, _indexes.Search(collection, index => Fill(index, database, collection), query, most));

    private static void Fill(PassageIndex index, LiteDatabase database, Guid collection)
    {
        foreach (var row in database.Documents().Newest("keys.place", Prefix(collection), before: null, [], int.MaxValue))
        {
            var document = EvidenceShapes.Document.Read(row);
            if (TextOf(database, document.Id) is { } text)
            {
                Index(index, document, text);
            }
        }
    }

    private static void Index(PassageIndex index, StoredDocument document, StoredPassages text) =>
        index.Add(EvidenceTables.Name(document.Id), document.Title, text.Passages.Select(span => (span[0], text.Text[span[0]..span[1]])));

    /// <summary>The passages at places. What was deleted since is left out.</summary>
    private static List<RankedPassage> Found(LiteDatabase database, IReadOnlyList<PassagePlace> places)
    {
        var read = new Dictionary<string, (StoredDocument Document, StoredPassages Text)>(StringComparer.Ordinal);
        foreach (var name in places.Select(static place => place.Document).Distinct(StringComparer.Ordinal))
        {
            if (database.Documents().FindById(name) is { } row && TextOf(database, Guid.Parse(name)) is { } text)
            {
                read[name] = (EvidenceShapes.Document.Read(row), text);
            }
        }

        return [.. places.Where(place => read.ContainsKey(place.Document)).Select(place => Ranked(place, read[place.Document].Document, read[place.Document].Text))];
    }

    private static RankedPassage Ranked(PassagePlace place, StoredDocument document, StoredPassages text)
    {
        var span = text.Passages.First(span => span[0] == place.Start);
        return new RankedPassage(PassageOf(document, text.Text, new PassageSpan(span[0], span[1])), place.Score);
    }
}

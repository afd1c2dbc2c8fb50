using Consensus.Storage.Evidence.Copying;
using Consensus.Storage.Evidence.Schema;

namespace Consensus.Storage.Evidence;

/// <summary>How another store's content comes in. Between two steps a collection counts what it has by then.</summary>
public sealed partial class EvidenceStore
{
    /// <summary>Makes a collection, empty, if it is not there.</summary>
    /// <returns>The collection as it was there.</returns>
    internal Task<StoredCollection?> BeginCopyAsync(StoredCollection collection, CancellationToken cancellationToken) => WriteAsync(
        rows =>
        {
            var there = rows.ClaimCollection(collection.Id);
            if (there is null)
            {
                rows.AddCollection(collection with { Documents = 0, Passages = 0, Characters = 0 });
            }

            return there;
        },
        cancellationToken);

    /// <summary>Puts documents in a collection that is there. What was there otherwise, under the id or with the content, makes way.</summary>
    /// <returns>How many came, and how many came in another's place.</returns>
    internal async Task<(int Copied, int Mended)> CopyDocumentsAsync(
        Guid collection, IReadOnlyList<(StoredDocument Document, StoredPassages Text)> documents, CancellationToken cancellationToken)
    {
        var (gone, come, mended) = (new List<StoredDocument>(), new List<(StoredDocument Document, StoredPassages Text)>(), 0);
        await WriteAsync(
            rows =>
            {
                (gone, come, mended) = ([], [], 0);
                var counted = rows.ClaimCollection(collection)
                    ?? throw new EvidenceUnavailableException($"The collection {collection:D} was deleted while it was copied.");
                foreach (var whole in documents)
                {
                    var others = Others(rows, whole);
                    if (others.Count == 1 && others[0].Id == whole.Document.Id && rows.FindText(whole.Document.Id) is { } text
                        && EvidenceWalk.HashOf((others[0], text)) == EvidenceWalk.HashOf(whole))
                    {
                        continue;
                    }

                    foreach (var other in others)
                    {
                        rows.DeleteDocument(other.Collection, other.Id);
                    }

                    rows.AddDocument(whole.Document, whole.Text);
                    gone.AddRange(others);
                    come.Add(whole);
                    mended += others.Count > 0 ? 1 : 0;
                }

                rows.ChangeCollection(Counted(counted, gone, come.Select(static whole => whole.Document)));
                return true;
            },
            cancellationToken,
            erases: true);
        gone.ForEach(_database.Removed);
        come.ForEach(whole => _database.Added(whole.Document, whole.Text));
        return (come.Count - mended, mended);
    }

    /// <summary>Deletes the documents of a collection that are not to be kept, and says how many there were.</summary>
    internal async Task<int> KeepDocumentsAsync(Guid collection, IReadOnlySet<Guid> kept, CancellationToken cancellationToken)
    {
        var others = new List<Guid>();
        await foreach (var page in EvidenceWalk.Documents(this, collection, cancellationToken))
        {
            others.AddRange(page.Select(static whole => whole.Document.Id).Where(id => !kept.Contains(id)));
        }

        foreach (var other in others)
        {
            await DeleteDocumentAsync(collection, other, CancellationToken.None);
        }

        return others.Count;
    }

    /// <summary>Says of a collection, all of whose documents are there, what it is.</summary>
    internal Task EndCopyAsync(StoredCollection collection, CancellationToken cancellationToken) => WriteAsync(
        rows =>
        {
            if (rows.ClaimCollection(collection.Id) is { } there && there != collection)
            {
                rows.ChangeCollection(collection);
            }

            return true;
        },
        cancellationToken);

    /// <summary>Puts records in.</summary>
    /// <returns>How many came, and how many came in another's place.</returns>
    internal async Task<(int Copied, int Mended)> CopyRecordsAsync(IReadOnlyList<StoredRecord> records, CancellationToken cancellationToken) => await WriteAsync(
        rows =>
        {
            var (copied, mended) = (0, 0);
            foreach (var record in records)
            {
                var there = rows.FindRecord(record.Record.EvidenceId);
                if (there is null || EvidenceWalk.HashOf(EvidenceWalk.Read(there)) != EvidenceWalk.HashOf(record))
                {
                    rows.SaveRecord(record.Record, record.KeyId);
                    copied += there is null ? 1 : 0;
                    mended += there is null ? 0 : 1;
                }
            }

            return (copied, mended);
        },
        cancellationToken,
        erases: true);

    private static List<StoredDocument> Others(EvidenceRows rows, (StoredDocument Document, StoredPassages Text) whole)
    {
        var (same, alike) = (rows.FindDocument(whole.Document.Id), rows.FindDocument(whole.Document.Collection, whole.Document.ContentHash));
        if (same is not null && same.Collection != whole.Document.Collection)
        {
            throw new EvidenceShapeException($"The document {same.Id:D} is there in another collection, {same.Collection:D}.");
        }

        return [.. new[] { same, alike }.OfType<StoredDocument>().DistinctBy(static document => document.Id)];
    }

    private static StoredCollection Counted(StoredCollection collection, IEnumerable<StoredDocument> gone, IEnumerable<StoredDocument> come)
    {
        var changes = gone.Select(static document => (document, By: -1)).Concat(come.Select(static document => (document, By: 1))).ToList();
        return collection with
        {
            Documents = collection.Documents + changes.Sum(static change => change.By),
            Passages = collection.Passages + changes.Sum(static change => change.By * change.document.Passages),
            Characters = collection.Characters + changes.Sum(static change => (long)change.By * change.document.Characters),
        };
    }
}

using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using Consensus.Contracts.Evidence;
using Consensus.Storage.Audit.Canonical;
using Consensus.Storage.Evidence.Schema;

namespace Consensus.Storage.Evidence.Copying;

/// <summary>Goes through all that a store holds, newest first, some of it at a time.</summary>
internal static class EvidenceWalk
{
    private const int CollectionsAtOnce = 100;
    private const int DocumentsAtOnce = 20;
    private const int RecordsAtOnce = 200;

    public static IAsyncEnumerable<List<StoredCollection>> Collections(EvidenceStore store, CancellationToken cancellationToken) =>
        Pages<StoredCollection, Guid?>(
            store, CollectionsAtOnce, static (rows, before) => rows.ListCollections(null, before, CollectionsAtOnce), static last => last.Id, cancellationToken);

    /// <summary>The documents of a collection, with their texts.</summary>
    public static IAsyncEnumerable<List<(StoredDocument Document, StoredPassages Text)>> Documents(
        EvidenceStore store, Guid collection, CancellationToken cancellationToken) =>
        Pages<(StoredDocument Document, StoredPassages Text), Guid?>(
            store, DocumentsAtOnce, (rows, before) => WithTexts(rows, rows.ListDocuments(collection, before, DocumentsAtOnce)), static last => last.Document.Id,
            cancellationToken);

    public static IAsyncEnumerable<List<StoredRecord>> Records(EvidenceStore store, CancellationToken cancellationToken) =>
        Pages<StoredRecord, RecordPlace?>(
            store, RecordsAtOnce, static (rows, before) => [.. rows.ListRecords(new EvidenceFilter(), before, RecordsAtOnce).Select(Read)],
            static last => last.Place, cancellationToken);

    /// <summary>All collections, as one transaction sees them.</summary>
    public static IEnumerable<StoredCollection> Collections(EvidenceRows rows) =>
        All<StoredCollection, Guid?>(before => rows.ListCollections(null, before, CollectionsAtOnce), static last => last.Id, CollectionsAtOnce);

    /// <summary>All documents of a collection, likewise.</summary>
    public static IEnumerable<(StoredDocument Document, StoredPassages Text)> Documents(EvidenceRows rows, Guid collection) =>
        All<(StoredDocument Document, StoredPassages Text), Guid?>(
            before => WithTexts(rows, rows.ListDocuments(collection, before, DocumentsAtOnce)), static last => last.Document.Id, DocumentsAtOnce);

    /// <summary>All records, likewise.</summary>
    public static IEnumerable<StoredRecord> Records(EvidenceRows rows) =>
        All<StoredRecord, RecordPlace?>(
            before => [.. rows.ListRecords(new EvidenceFilter(), before, RecordsAtOnce).Select(Read)], static last => last.Place, RecordsAtOnce);

    public static StoredRecord Read(RecordRow row) => new(row.Place, row.KeyId, row.Read());

    public static string HashOf(StoredCollection collection) => Hash(EvidenceShapes.Collection, collection.Id, collection, owner: null);

    public static string HashOf((StoredDocument Document, StoredPassages Text) whole) =>
        Hash(EvidenceShapes.Document, whole.Document.Id, whole.Document, owner: null) + Hash(EvidenceShapes.Passages, whole.Document.Id, whole.Text, owner: null);

    public static string HashOf(StoredRecord record) => Hash(EvidenceShapes.Record, record.Record.EvidenceId, record.Record, record.KeyId);

    private static string Hash<T>(StoredShape<T> shape, Guid id, T value, string? owner)
        where T : class => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Jcs.TextOf(shape.Write(id, value)) + "\n" + owner)));

    private static List<(StoredDocument Document, StoredPassages Text)> WithTexts(EvidenceRows rows, List<StoredDocument> documents)
    {
        var texts = rows.FindTexts(documents.Select(static document => document.Id));
        return [.. documents.Select(document => texts.TryGetValue(document.Id, out var whole)
            ? whole
            : throw new EvidenceShapeException($"The document {document.Id:D} has no text."))];
    }

    private static IEnumerable<T> All<T, TPlace>(Func<TPlace?, List<T>> list, Func<T, TPlace> placeOf, int atOnce)
    {
        var before = default(TPlace);
        List<T> page;
        do
        {
            page = list(before);
            foreach (var one in page)
            {
                yield return one;
            }

            before = page.Count > 0 ? placeOf(page[^1]) : before;
        }
        while (page.Count == atOnce);
    }

    private static async IAsyncEnumerable<List<T>> Pages<T, TPlace>(
        EvidenceStore store, int atOnce, Func<EvidenceRows, TPlace?, List<T>> list, Func<T, TPlace> placeOf,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var before = default(TPlace);
        List<T> page;
        do
        {
            var from = before;
            page = await store.ReadAsync(rows => list(rows, from), cancellationToken);
            if (page.Count > 0)
            {
                yield return page;
                before = placeOf(page[^1]);
            }
        }
        while (page.Count == atOnce);
    }
}

/// <summary>An evidence record as it is stored, in its current version.</summary>
internal sealed record StoredRecord(RecordPlace Place, string? KeyId, EvidenceRecord Record);

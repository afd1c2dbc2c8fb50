using System.Globalization;
using Consensus.Contracts;
using Consensus.Contracts.Evidence;
using Consensus.Contracts.Runs;
using Consensus.Core.Evidence.Passages;
using Consensus.Storage.Evidence.Schema;

namespace Consensus.Storage.Evidence;

public sealed partial class EvidenceStore
{
    /// <summary>Adds a document to a collection, whole or not at all. The same text again changes nothing.</summary>
    /// <param name="collection">The collection.</param>
    /// <param name="document">The document; its text has at least one character that is not white space.</param>
    /// <param name="mayAdd">Whether the caller may, by the key that the collection belongs to.</param>
    /// <param name="cancellationToken">Ends the wait for its turn.</param>
    public async Task<DocumentAdding> AddDocumentAsync(Guid collection, NewDocument document, Func<string?, bool> mayAdd, CancellationToken cancellationToken)
    {
        RequireEnabled();
        var now = _time.GetUtcNow();
        var spans = PassageSplitter.Split(document.Text);
        var stored = new StoredDocument(
            EvidenceShapes.Document.Version, Guid.CreateVersion7(now), collection, document.Title, document.Source, document.Licence, document.MediaType,
            Passage.HashOf(document.Text), now, document.Text.Length, spans.Count);
        var passages = new StoredPassages(
            EvidenceShapes.Passages.Version, stored.Id, PassageSplitter.Version, document.Text, [.. spans.Select(static span => (int[])[span.Start, span.End])]);
        var adding = await WriteAsync(rows => Add(rows, stored, passages, mayAdd), cancellationToken);
        if (adding.Outcome == DocumentAdded.Added)
        {
            _database.Added(stored, passages);
        }

        return adding;
    }

    /// <summary>Finds a document of a collection with its text.</summary>
    public Task<EvidenceDocument?> FindDocumentAsync(Guid collection, Guid id, CancellationToken cancellationToken) => ReadAsync(
        rows => Find(rows, collection, id) is { } found ? Shown(found) with { Text = rows.FindText(id)?.Text } : null, cancellationToken);

    /// <summary>Lists the documents of a collection without their texts, newest first.</summary>
    /// <exception cref="Runs.InvalidCursorException">The cursor is not one of this listing.</exception>
    public Task<Page<EvidenceDocument>> ListDocumentsAsync(Guid collection, int limit, string? cursor, CancellationToken cancellationToken)
    {
        string?[] filters = ["documents", collection.ToString("N")];
        var before = EvidenceCursor.ReadId(cursor, filters);
        return ReadAsync(
            rows => Page(rows.ListDocuments(collection, before, limit + 1), limit, Shown, last => EvidenceCursor.Write(last.Id.ToString("N"), filters)),
            cancellationToken);
    }

    /// <summary>The passages of a document in their order; <c>null</c> when there is no such document.</summary>
    public Task<IReadOnlyList<Passage>?> PassagesOfAsync(Guid collection, Guid id, CancellationToken cancellationToken) => ReadAsync<IReadOnlyList<Passage>?>(
        rows => Find(rows, collection, id) is { } found && rows.FindText(id) is { } text ? PassagesOf(found, text) : null, cancellationToken);

    /// <summary>Lists the passages of a document in their order; <c>null</c> when there is no such document.</summary>
    /// <exception cref="Runs.InvalidCursorException">The cursor is not one of this listing.</exception>
    public async Task<PassagePage?> ListPassagesAsync(Guid collection, Guid id, int limit, string? cursor, CancellationToken cancellationToken)
    {
        string?[] filters = ["passages", collection.ToString("N"), id.ToString("N")];
        var before = int.Parse(EvidenceCursor.Read(cursor, filters) ?? "0", CultureInfo.InvariantCulture);
        if (await PassagesOfAsync(collection, id, cancellationToken) is not { } passages)
        {
            return null;
        }

        var end = Math.Min(before + limit, passages.Count);
        var next = end < passages.Count ? EvidenceCursor.Write(end.ToString(CultureInfo.InvariantCulture), filters) : null;
        return new PassagePage([.. passages.Skip(before).Take(limit)], before + 1, next);
    }

    /// <summary>Deletes a document of a collection.</summary>
    /// <returns>False when there is no such document.</returns>
    public async Task<bool> DeleteDocumentAsync(Guid collection, Guid id, CancellationToken cancellationToken)
    {
        var now = _time.GetUtcNow();
        var deleted = await WriteAsync(rows => Delete(rows, collection, id, now), cancellationToken, erases: true);
        if (deleted is not null)
        {
            _database.Removed(deleted);
            _vectors.Forget(deleted.Id);
        }

        return deleted is not null;
    }

    private static DocumentAdding Add(EvidenceRows rows, StoredDocument document, StoredPassages passages, Func<string?, bool> mayAdd)
    {
        if (rows.ClaimCollection(document.Collection) is not { } collection || !mayAdd(collection.KeyId))
        {
            return new DocumentAdding(DocumentAdded.NoCollection);
        }

        if (rows.FindDocument(document.Collection, document.ContentHash) is { } there)
        {
            return new DocumentAdding(DocumentAdded.WasThere, Shown(there));
        }

        var grown = collection with
        {
            UpdatedAt = document.AddedAt,
            Documents = collection.Documents + 1,
            Passages = collection.Passages + document.Passages,
            Characters = collection.Characters + document.Characters,
        };
        if (grown.Documents > Limits.CollectionDocuments || grown.Characters > Limits.CollectionCharacters)
        {
            return new DocumentAdding(DocumentAdded.Full);
        }

        rows.AddDocument(document, passages);
        rows.ChangeCollection(grown);
        return new DocumentAdding(DocumentAdded.Added, Shown(document));
    }

    private static StoredDocument? Delete(EvidenceRows rows, Guid collection, Guid id, DateTimeOffset now)
    {
        if (rows.ClaimCollection(collection) is not { } rest || Find(rows, collection, id) is not { } document)
        {
            return null;
        }

        rows.DeleteDocument(collection, id);
        rows.ChangeCollection(rest with
        {
            UpdatedAt = now,
            Documents = rest.Documents - 1,
            Passages = rest.Passages - document.Passages,
            Characters = rest.Characters - document.Characters,
        });
        return document;
    }

    /// <summary>A document whose collection is still there.</summary>
    private static StoredDocument? Find(EvidenceRows rows, Guid collection, Guid id) =>
        rows.FindCollection(collection) is not null && rows.FindDocument(id) is { } found && found.Collection == collection ? found : null;

    private static Passage[] PassagesOf(StoredDocument document, StoredPassages text) =>
        [.. text.Passages.Select(span => PassageOf(document, text.Text, new PassageSpan(span[0], span[1])))];

    private static Passage PassageOf(StoredDocument document, string text, PassageSpan span) => new()
    {
        Id = Passage.IdOf(document.ContentHash, span),
        DocumentId = document.Id,
        Title = document.Title,
        Source = document.Source,
        Licence = document.Licence,
        ContentHash = document.ContentHash,
        Start = span.Start,
        End = span.End,
        Text = text[span.Start..span.End],
    };

    private static EvidenceDocument Shown(StoredDocument stored) => new()
    {
        Id = stored.Id,
        Collection = stored.Collection,
        SchemaVersion = stored.SchemaVersion,
        Title = stored.Title,
        Source = stored.Source,
        Licence = stored.Licence,
        MediaType = stored.MediaType,
        ContentHash = stored.ContentHash,
        AddedAt = stored.AddedAt,
        Characters = stored.Characters,
        Passages = stored.Passages,
        Links = new Dictionary<string, string>
        {
            ["self"] = $"/v1/collections/{stored.Collection:D}/documents/{stored.Id:D}",
            ["collection"] = $"/v1/collections/{stored.Collection:D}",
            ["passages"] = $"/v1/collections/{stored.Collection:D}/documents/{stored.Id:D}/passages",
        },
    };
}

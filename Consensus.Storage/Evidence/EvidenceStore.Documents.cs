using System.Globalization;
using Consensus.Contracts;
using Consensus.Contracts.Evidence;
using Consensus.Contracts.Runs;
using Consensus.Core.Evidence.Passages;
using Consensus.Storage.Evidence.Schema;
using LiteDB;

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
        var adding = await WriteAsync(database => Add(database, stored, passages, mayAdd), cancellationToken);
        if (adding.Outcome == DocumentAdded.Added)
        {
            Holding.Change(1, stored.Passages);
            _indexes.Added(collection, index => Index(index, stored, passages));
        }

        return adding;
    }

    /// <summary>Finds a document of a collection with its text.</summary>
    public Task<EvidenceDocument?> FindDocumentAsync(Guid collection, Guid id, CancellationToken cancellationToken) => ReadAsync(
        database => Find(database, collection, id) is { } found ? Shown(found) with { Text = TextOf(database, id)?.Text } : null, cancellationToken);

    /// <summary>Lists the documents of a collection without their texts, newest first.</summary>
    /// <exception cref="Runs.InvalidCursorException">The cursor is not one of this listing.</exception>
    public Task<Page<EvidenceDocument>> ListDocumentsAsync(Guid collection, int limit, string? cursor, CancellationToken cancellationToken)
    {
        string?[] filters = ["documents", EvidenceTables.Name(collection)];
        var before = EvidenceCursor.Read(cursor, filters);
        return ReadAsync(
            database =>
            {
                var found = database.Documents().Newest("keys.place", Prefix(collection), before, [], limit + 1).Select(EvidenceShapes.Document.Read).ToList();
                return Page(found, limit, Shown, last => EvidenceCursor.Write(EvidenceTables.Name(last.Id), filters));
            },
            cancellationToken);
    }

    /// <summary>The passages of a document in their order; <c>null</c> when there is no such document.</summary>
    public Task<IReadOnlyList<Passage>?> PassagesOfAsync(Guid collection, Guid id, CancellationToken cancellationToken) => ReadAsync<IReadOnlyList<Passage>?>(
        database => Find(database, collection, id) is { } found && TextOf(database, id) is { } text ? PassagesOf(found, text) : null, cancellationToken);

    /// <summary>Lists the passages of a document in their order; <c>null</c> when there is no such document.</summary>
    /// <exception cref="Runs.InvalidCursorException">The cursor is not one of this listing.</exception>
    public async Task<PassagePage?> ListPassagesAsync(Guid collection, Guid id, int limit, string? cursor, CancellationToken cancellationToken)
    {
        string?[] filters = ["passages", EvidenceTables.Name(collection), EvidenceTables.Name(id)];
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
        var deleted = await WriteAsync(database => Delete(database, collection, id, now), cancellationToken, erases: true);
        if (deleted is not null)
        {
            Holding.Change(-1, -deleted.Passages);
            _indexes.Removed(collection, EvidenceTables.Name(id));
        }

        return deleted is not null;
    }

    private static DocumentAdding Add(LiteDatabase database, StoredDocument document, StoredPassages passages, Func<string?, bool> mayAdd)
    {
        if (Find(database, document.Collection) is not { } collection || !mayAdd(collection.KeyId))
        {
            return new DocumentAdding(DocumentAdded.NoCollection);
        }

        var documents = database.Documents();
        var content = Prefix(document.Collection) + document.ContentHash;
        if (documents.FindOne("keys.content = @0", content) is { } there)
        {
            return new DocumentAdding(DocumentAdded.WasThere, Shown(EvidenceShapes.Document.Read(there)));
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

        var place = Prefix(document.Collection) + EvidenceTables.Name(document.Id);
        documents.Insert(EvidenceShapes.Document.Row(document.Id, document, new BsonDocument { ["place"] = place, ["content"] = content }));
        database.Passages().Insert(EvidenceShapes.Passages.Row(document.Id, passages));
        database.Collections().Update(Row(grown));
        return new DocumentAdding(DocumentAdded.Added, Shown(document));
    }

    private static StoredDocument? Delete(LiteDatabase database, Guid collection, Guid id, DateTimeOffset now)
    {
        if (Find(database, collection, id) is not { } document)
        {
            return null;
        }

        database.Documents().Delete(EvidenceTables.Name(id));
        database.Passages().Delete(EvidenceTables.Name(id));
        var rest = Find(database, collection)!;
        database.Collections().Update(Row(rest with
        {
            UpdatedAt = now,
            Documents = rest.Documents - 1,
            Passages = rest.Passages - document.Passages,
            Characters = rest.Characters - document.Characters,
        }));
        return document;
    }

    /// <summary>A document whose collection is still there.</summary>
    private static StoredDocument? Find(LiteDatabase database, Guid collection, Guid id) =>
        Find(database, collection) is not null && database.Documents().FindById(EvidenceTables.Name(id)) is { } row && EvidenceShapes.Document.Read(row) is var found
        && found.Collection == collection ? found : null;

    private static StoredPassages? TextOf(LiteDatabase database, Guid document) =>
        database.Passages().FindById(EvidenceTables.Name(document)) is { } row ? EvidenceShapes.Passages.Read(row) : null;

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

    private static string Prefix(Guid collection) => EvidenceTables.Name(collection) + "/";
}

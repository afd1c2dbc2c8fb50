using Consensus.Storage.Evidence.Schema;
using Consensus.Storage.Evidence.Searching;
using LiteDB;

namespace Consensus.Storage.Evidence.LiteDb;

/// <summary>The rows of a LiteDB file. One writer at a time makes every claim good.</summary>
/// <param name="database">The file.</param>
/// <param name="indexes">The indexes of collections.</param>
/// <param name="lists">Which vectors collections have.</param>
/// <param name="touched">Receives the collections whose vectors are changed.</param>
internal sealed partial class LiteDbRows(LiteDatabase database, PassageIndexes indexes, VectorLists lists, ISet<Guid> touched) : EvidenceRows
{
    public override StoredCollection? FindCollection(Guid id) =>
        database.Collections().FindById(EvidenceTables.Name(id)) is { } row ? EvidenceShapes.Collection.Read(row) : null;

    public override StoredCollection? ClaimCollection(Guid id) => FindCollection(id);

    public override long CountCollections(string? keyId) => database.Collections().Count("keys.owner = @0", keyId);

    public override List<StoredCollection> ListCollections(string? keyId, Guid? before, int most)
    {
        var query = database.Collections().Query().Where("_id < @0", before is { } last ? EvidenceTables.Name(last) : EvidenceTables.Last);
        query = keyId is null ? query : query.Where("keys.owner = @0 OR keys.shared = true", keyId);
        return [.. query.OrderByDescending("_id").Limit(most).ToEnumerable().Select(EvidenceShapes.Collection.Read)];
    }

    public override void AddCollection(StoredCollection collection) => database.Collections().Insert(Row(collection));

    public override void ChangeCollection(StoredCollection collection) => database.Collections().Update(Row(collection));

    public override void RemoveCollection(Guid id)
    {
        database.Removals().Insert(new BsonDocument { ["_id"] = EvidenceTables.Name(id) });
        database.Collections().Delete(EvidenceTables.Name(id));
    }

    public override List<Guid> ListRemovals() => [.. database.Removals().FindAll().Select(static row => Guid.Parse(row["_id"].AsString))];

    public override bool RemoveDocuments(Guid collection, int most)
    {
        var some = Newest(collection, before: null, most).Select(static row => row["_id"]).ToList();
        foreach (var document in some)
        {
            DropVectors(collection, Guid.Parse(document.AsString));
            database.Passages().Delete(document);
            database.Documents().Delete(document);
        }

        var isLast = some.Count < most;
        if (isLast)
        {
            database.Removals().Delete(EvidenceTables.Name(collection));
        }

        return isLast;
    }

    public override StoredDocument? FindDocument(Guid id) =>
        database.Documents().FindById(EvidenceTables.Name(id)) is { } row ? EvidenceShapes.Document.Read(row) : null;

    public override StoredDocument? FindDocument(Guid collection, string contentHash) =>
        database.Documents().FindOne("keys.content = @0", Prefix(collection) + contentHash) is { } row ? EvidenceShapes.Document.Read(row) : null;

    public override List<StoredDocument> ListDocuments(Guid collection, Guid? before, int most) =>
        [.. Newest(collection, before, most).Select(EvidenceShapes.Document.Read)];

    public override StoredPassages? FindText(Guid document) =>
        database.Passages().FindById(EvidenceTables.Name(document)) is { } row ? EvidenceShapes.Passages.Read(row) : null;

    public override Dictionary<Guid, (StoredDocument Document, StoredPassages Text)> FindTexts(IEnumerable<Guid> documents)
    {
        var found = new Dictionary<Guid, (StoredDocument Document, StoredPassages Text)>();
        foreach (var id in documents)
        {
            if (FindDocument(id) is { } document && FindText(id) is { } text)
            {
                found[id] = (document, text);
            }
        }

        return found;
    }

    public override void AddDocument(StoredDocument document, StoredPassages text)
    {
        var keys = new BsonDocument
        {
            ["place"] = Prefix(document.Collection) + EvidenceTables.Name(document.Id), ["content"] = Prefix(document.Collection) + document.ContentHash,
        };
        database.Documents().Insert(EvidenceShapes.Document.Row(document.Id, document, keys));
        database.Passages().Insert(EvidenceShapes.Passages.Row(document.Id, text));
    }

    public override void DeleteDocument(Guid collection, Guid id)
    {
        DropVectors(collection, id);
        database.Documents().Delete(EvidenceTables.Name(id));
        database.Passages().Delete(EvidenceTables.Name(id));
    }

    public override IReadOnlyList<PassagePlace> Search(Guid collection, string query, int most) =>
        indexes.Search(collection, index => Fill(index, collection), query, most);

    private void Fill(PassageIndex index, Guid collection)
    {
        foreach (var row in Newest(collection, before: null, int.MaxValue))
        {
            var document = EvidenceShapes.Document.Read(row);
            if (FindText(document.Id) is { } text)
            {
                LiteDbEvidence.Index(index, document, text);
            }
        }
    }

    private IEnumerable<BsonDocument> Newest(Guid collection, Guid? before, int most) =>
        database.Documents().Newest("keys.place", Prefix(collection), before is { } last ? EvidenceTables.Name(last) : null, [], most);

    private static string Prefix(Guid collection) => EvidenceTables.Name(collection) + "/";

    private static BsonDocument Row(StoredCollection collection) =>
        EvidenceShapes.Collection.Row(collection.Id, collection, new BsonDocument { ["owner"] = collection.KeyId, ["shared"] = collection.Shared });
}

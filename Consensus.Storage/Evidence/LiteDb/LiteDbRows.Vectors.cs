using Consensus.Storage.Evidence.Schema;
using Consensus.Storage.Evidence.Vectors;
using LiteDB;

namespace Consensus.Storage.Evidence.LiteDb;

/// <summary>
/// Vectors of passages: what they are of, and, under the same id, their numbers, so that the one is read without the other. Which documents have all of
/// theirs is said among what documents are found by.
/// </summary>
internal sealed partial class LiteDbRows
{
    private const string Embedded = "embedded";

    /// <summary>One process has the file.</summary>
    public override bool TakeTurn(string holder, TimeSpan lease) => true;

    public override void EndTurn(string holder)
    {
    }

    /// <summary>Documents of before have no such key, which sorts before every text.</summary>
    public override List<StoredDocument> NextToEmbed(string space, int most) =>
    [
        .. database.Documents().Query().Where("keys.embedded < @0", space).ToEnumerable()
            .Concat(database.Documents().Query().Where("keys.embedded > @0", space).ToEnumerable())
            .Select(EvidenceShapes.Document.Read).Where(document => FindCollection(document.Collection) is not null).Take(most),
    ];

    public override int CountVectors(StoredDocument document, string space) =>
        VectorsOf(document).Where(row => row["keys"]["space"] == space).Sum(static row => row["starts"].AsArray.Count);

    public override long CountVectors(string space) =>
        database.Collections().Query().Select("_id").ToEnumerable()
            .Sum(row => ListVectors(Guid.Parse(row["_id"].AsString), space).Sum(static place => (long)place.Passages));

    public override void DropVectors(StoredDocument document, string exceptOf)
    {
        foreach (var row in VectorsOf(document).Where(row => row["keys"]["space"] != exceptOf).ToList())
        {
            Drop(row);
        }

        touched.Add(document.Collection);
    }

    public override void AddVectors(Guid id, StoredDocument document, StoredVectors vectors, string space, byte[] numbers)
    {
        var keys = new BsonDocument { ["place"] = PlaceOf(document) + EvidenceTables.Name(id), ["space"] = space };
        database.Vectors().Insert(EvidenceShapes.Vectors.Row(id, vectors, keys));
        database.Numbers().Insert(new BsonDocument { ["_id"] = EvidenceTables.Name(id), ["numbers"] = numbers });
        touched.Add(document.Collection);
    }

    public override void EndEmbedding(StoredDocument document, string space)
    {
        var row = database.Documents().FindById(EvidenceTables.Name(document.Id));
        row["keys"][Embedded] = space;
        database.Documents().Update(row);
    }

    public override IReadOnlyList<VectorPlace> ListVectors(Guid collection, string space) => lists.List(collection, space, () =>
    [
        .. Between(Prefix(collection)).Where(row => row["keys"]["space"] == space).Select(static row => new VectorPlace(
            Guid.Parse(row["_id"].AsString), Guid.Parse(row["document"].AsString), row["starts"].AsArray.Count, row["dimensions"].AsInt32)),
    ]);

    public override IEnumerable<(Guid Id, VectorBlock Block)> ReadVectors(IReadOnlyCollection<Guid> ids)
    {
        foreach (var id in ids)
        {
            if (database.Vectors().FindById(EvidenceTables.Name(id)) is { } row && database.Numbers().FindById(EvidenceTables.Name(id)) is { } numbers)
            {
                var stored = EvidenceShapes.Vectors.Read(row);
                yield return (id, new VectorBlock(EvidenceTables.Name(stored.Document), stored.Starts, stored.Dimensions, numbers["numbers"].AsBinary));
            }
        }
    }

    private void DropVectors(Guid collection, Guid document)
    {
        foreach (var row in Between(Prefix(collection) + EvidenceTables.Name(document) + "/").ToList())
        {
            Drop(row);
        }

        touched.Add(collection);
    }

    private void Drop(BsonDocument row)
    {
        database.Vectors().Delete(row["_id"]);
        database.Numbers().Delete(row["_id"]);
    }

    private IEnumerable<BsonDocument> VectorsOf(StoredDocument document) => Between(PlaceOf(document));

    private IEnumerable<BsonDocument> Between(string prefix) =>
        database.Vectors().Query().Where("keys.place BETWEEN @0 AND @1", prefix, prefix + EvidenceTables.Last).ToEnumerable();

    private static string PlaceOf(StoredDocument document) => Prefix(document.Collection) + EvidenceTables.Name(document.Id) + "/";
}

using System.Globalization;
using Consensus.Storage.Evidence.Schema;
using Consensus.Storage.Evidence.Vectors;

namespace Consensus.Storage.Evidence.Postgres;

/// <summary>Vectors of passages. What a collection has is read from an index alone; the numbers are not.</summary>
internal sealed partial class ServerRows
{
    /// <summary>By the server's clock: those of the processes need not agree.</summary>
    public override bool TakeTurn(string holder, TimeSpan lease) => Execute(
        """
        INSERT INTO evidence.embedder (id, holder, until) VALUES (1, @holder, clock_timestamp() + @lease)
        ON CONFLICT (id) DO UPDATE SET holder = excluded.holder, until = excluded.until
        WHERE embedder.holder = excluded.holder OR embedder.until < clock_timestamp()
        """,
        ("holder", holder), ("lease", lease)) == 1;

    public override void EndTurn(string holder) => Execute("DELETE FROM evidence.embedder WHERE holder = @holder", ("holder", holder));

    public override List<StoredDocument> NextToEmbed(string space, int most)
    {
        var before = NextToEmbed(space, "<", most);
        return before.Count < most ? [.. before, .. NextToEmbed(space, ">", most - before.Count)] : before;
    }

    public override int CountVectors(StoredDocument document, string space) => (int)Scalar<long>(
        "SELECT coalesce(sum(passages), 0)::bigint FROM evidence.vectors WHERE document = @document AND space = @space",
        ("document", document.Id), ("space", space));

    public override long CountVectors(string space) => Scalar<long>(
        "SELECT coalesce(sum(passages), 0)::bigint FROM evidence.vectors WHERE space = @space", ("space", space));

    public override void DropVectors(StoredDocument document, string exceptOf) =>
        Execute("DELETE FROM evidence.vectors WHERE document = @document AND space <> @space", ("document", document.Id), ("space", exceptOf));

    public override void AddVectors(Guid id, StoredDocument document, StoredVectors vectors, string space, byte[] numbers) => Execute(
        """
        INSERT INTO evidence.vectors (id, document, collection, space, first_passage, passages, dimensions, numbers, body)
        VALUES (@id, @document, @collection, @space, @first, @passages, @dimensions, @numbers, @body::jsonb)
        """,
        ("id", id), ("document", document.Id), ("collection", document.Collection), ("space", space), ("first", vectors.First),
        ("passages", vectors.Starts.Count), ("dimensions", vectors.Dimensions), ("numbers", numbers), ("body", Json(EvidenceShapes.Vectors, id, vectors)));

    public override void EndEmbedding(StoredDocument document, string space) =>
        Execute("UPDATE evidence.documents SET embedded_by = @space WHERE id = @id", ("id", document.Id), ("space", space));

    public override IReadOnlyList<VectorPlace> ListVectors(Guid collection, string space) => Rows(
        "SELECT id, document, passages, dimensions FROM evidence.vectors WHERE collection = @collection AND space = @space",
        static reader => new VectorPlace(reader.GetGuid(0), reader.GetGuid(1), reader.GetInt32(2), reader.GetInt32(3)),
        ("collection", collection), ("space", space));

    public override IEnumerable<(Guid Id, VectorBlock Block)> ReadVectors(IReadOnlyCollection<Guid> ids) => Rows(
        "SELECT id, body::text, numbers FROM evidence.vectors WHERE id = ANY(@ids)",
        static reader =>
        {
            var (id, vectors) = (reader.GetGuid(0), Read(EvidenceShapes.Vectors, reader.GetGuid(0), reader.GetString(1)));
            return (id, new VectorBlock(
                vectors.Document.ToString("N", CultureInfo.InvariantCulture), vectors.Starts, vectors.Dimensions, reader.GetFieldValue<byte[]>(2)));
        },
        ("ids", ids.ToArray()));

    /// <summary>In the order of the index, on one side of those that have vectors of the space.</summary>
    private List<StoredDocument> NextToEmbed(string space, string side, int most) => Read(
        $"""
        SELECT d.id, d.body FROM evidence.documents d JOIN evidence.collections c ON c.id = d.collection
        WHERE d.embedded_by {side} @space ORDER BY d.embedded_by, d.id LIMIT @most
        """,
        EvidenceShapes.Document, ("space", space), ("most", most));
}

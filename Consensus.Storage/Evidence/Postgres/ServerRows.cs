using System.Text.Json;
using Consensus.Storage.Evidence.Schema;
using Consensus.Storage.Evidence.Searching;
using Npgsql;
using NpgsqlTypes;

namespace Consensus.Storage.Evidence.Postgres;

/// <summary>The rows of the tables on a server.</summary>
internal sealed partial class ServerRows(NpgsqlConnection connection) : EvidenceRows
{
    /// <summary>Who adds a collection.</summary>
    private const string AddingLock = "SELECT pg_advisory_xact_lock(1128617545, 2)";

    private const string CollectionOf = "SELECT id, body FROM evidence.collections WHERE id = @id";

    public override StoredCollection? FindCollection(Guid id) => Read(CollectionOf, EvidenceShapes.Collection, ("id", id)).SingleOrDefault();

    public override StoredCollection? ClaimCollection(Guid id) => Read(CollectionOf + " FOR UPDATE", EvidenceShapes.Collection, ("id", id)).SingleOrDefault();

    public override long CountCollections(string? keyId)
    {
        Execute(AddingLock);
        return Scalar<long>("SELECT count(*) FROM evidence.collections WHERE owner IS NOT DISTINCT FROM @owner", ("owner", keyId));
    }

    public override List<StoredCollection> ListCollections(string? keyId, Guid? before, int most) => Read(
        $"""
        SELECT id, body FROM evidence.collections
        WHERE true{If(before is not null, "id < @before")}{If(keyId is not null, "(owner = @owner OR shared)")}
        ORDER BY id DESC LIMIT @most
        """,
        EvidenceShapes.Collection, ("before", before), ("owner", keyId), ("most", most));

    public override void AddCollection(StoredCollection collection) => Execute(
        "INSERT INTO evidence.collections (id, owner, shared, body) VALUES (@id, @owner, @shared, @body::jsonb)", [.. Columns(collection)]);

    public override void ChangeCollection(StoredCollection collection) => Execute(
        "UPDATE evidence.collections SET owner = @owner, shared = @shared, body = @body::jsonb WHERE id = @id", [.. Columns(collection)]);

    public override void RemoveCollection(Guid id)
    {
        Execute("INSERT INTO evidence.removals (collection, number) SELECT id, number FROM evidence.collections WHERE id = @id", ("id", id));
        Execute("DELETE FROM evidence.collections WHERE id = @id", ("id", id));
    }

    public override List<Guid> ListRemovals() => Rows("SELECT collection FROM evidence.removals", static reader => reader.GetGuid(0));

    public override bool RemoveDocuments(Guid collection, int most)
    {
        // In one order, so that two processes that do this at once wait for each other and neither for ever.
        var removed = Execute(
            "DELETE FROM evidence.documents WHERE id IN (SELECT id FROM evidence.documents WHERE collection = @collection ORDER BY id DESC LIMIT @most FOR UPDATE)",
            ("collection", collection), ("most", most));
        var isLast = removed < most
            && Scalar<long>("SELECT count(*) FROM evidence.documents WHERE collection = @collection", ("collection", collection)) == 0;
        if (isLast)
        {
            foreach (var (from, to) in Rows(
                "SELECT number FROM evidence.removals WHERE collection = @collection", static reader => PassageVector.Range(reader.GetInt64(0)),
                ("collection", collection)))
            {
                Execute("DELETE FROM evidence.words WHERE word > @from AND word < @to", ("from", from), ("to", to));
            }

            Execute("DELETE FROM evidence.removals WHERE collection = @collection", ("collection", collection));
        }

        return isLast;
    }

    public override StoredDocument? FindDocument(Guid id) =>
        Read("SELECT id, body FROM evidence.documents WHERE id = @id", EvidenceShapes.Document, ("id", id)).SingleOrDefault();

    public override StoredDocument? FindDocument(Guid collection, string contentHash) => Read(
        "SELECT id, body FROM evidence.documents WHERE collection = @collection AND content_hash = @hash", EvidenceShapes.Document,
        ("collection", collection), ("hash", contentHash)).SingleOrDefault();

    public override List<StoredDocument> ListDocuments(Guid collection, Guid? before, int most) => Read(
        $"SELECT id, body FROM evidence.documents WHERE collection = @collection{If(before is not null, "id < @before")} ORDER BY id DESC LIMIT @most",
        EvidenceShapes.Document, ("collection", collection), ("before", before), ("most", most));

    public override StoredPassages? FindText(Guid document) =>
        Read("SELECT document, body FROM evidence.texts WHERE document = @document", EvidenceShapes.Passages, ("document", document)).SingleOrDefault();

    public override Dictionary<Guid, (StoredDocument Document, StoredPassages Text)> FindTexts(IEnumerable<Guid> documents) => Rows(
        "SELECT d.id, d.body::text, t.body::text FROM evidence.documents d JOIN evidence.texts t ON t.document = d.id WHERE d.id = ANY(@ids)",
        static reader => (
            Document: Read(EvidenceShapes.Document, reader.GetGuid(0), reader.GetString(1)), Text: Read(EvidenceShapes.Passages, reader.GetGuid(0), reader.GetString(2))),
        ("ids", documents.ToArray())).ToDictionary(static found => found.Document.Id);

    public override void AddDocument(StoredDocument document, StoredPassages text)
    {
        var number = Scalar<long>("SELECT number FROM evidence.collections WHERE id = @collection", ("collection", document.Collection));
        PassageVector[] vectors = [.. text.Passages.Select(span => PassageVector.Of(number, document.Title, text.Text[span[0]..span[1]]))];
        var words = vectors.Sum(static vector => (long)vector.Words);
        Execute(
            "INSERT INTO evidence.documents (id, collection, content_hash, words, body) VALUES (@id, @collection, @hash, @words, @body::jsonb)",
            ("id", document.Id), ("collection", document.Collection), ("hash", document.ContentHash), ("words", words),
            ("body", Json(EvidenceShapes.Document, document.Id, document)));
        Execute(
            "INSERT INTO evidence.texts (document, body) VALUES (@id, @body::jsonb)", ("id", document.Id),
            ("body", Json(EvidenceShapes.Passages, document.Id, text)));
        Execute(
            """
            INSERT INTO evidence.passages (document, first_character, length, words)
            SELECT @id, p.first_character, p.length, p.words::tsvector FROM unnest(@starts, @lengths, @vectors) AS p (first_character, length, words)
            """,
            ("id", document.Id), ("starts", text.Passages.Select(static span => span[0]).ToArray()),
            ("lengths", vectors.Select(static vector => vector.Length).ToArray()),
            ("vectors", vectors.Select(static vector => vector.Text).ToArray()));
        var lexemes = vectors.SelectMany(static vector => vector.Lexemes).CountBy(static lexeme => lexeme, StringComparer.Ordinal).ToArray();
        Execute(
            """
            INSERT INTO evidence.words (word, passages) SELECT word, passages FROM unnest(@lexemes, @counts) AS w (word, passages)
            ON CONFLICT (word) DO UPDATE SET passages = words.passages + excluded.passages
            """,
            ("lexemes", lexemes.Select(static lexeme => lexeme.Key).ToArray()), ("counts", lexemes.Select(static lexeme => (long)lexeme.Value).ToArray()));
        Execute("UPDATE evidence.collections SET words = words + @words WHERE id = @collection", ("words", words), ("collection", document.Collection));
    }

    public override void DeleteDocument(Guid collection, Guid id)
    {
        var gone = Rows(
            "SELECT w.lexeme, count(*) FROM evidence.passages p, unnest(p.words) AS w WHERE p.document = @id GROUP BY w.lexeme",
            static reader => (Lexeme: reader.GetString(0), Passages: reader.GetInt64(1)), ("id", id));
        string[] lexemes = [.. gone.Select(static word => word.Lexeme)];
        Execute(
            "UPDATE evidence.words w SET passages = w.passages - gone.passages FROM unnest(@lexemes, @counts) AS gone (word, passages) WHERE w.word = gone.word",
            ("lexemes", lexemes), ("counts", gone.Select(static word => word.Passages).ToArray()));
        Execute("DELETE FROM evidence.words WHERE word = ANY(@lexemes) AND passages = 0", ("lexemes", lexemes));
        Execute(
            """
            WITH gone AS (DELETE FROM evidence.documents WHERE id = @id AND collection = @collection RETURNING words)
            UPDATE evidence.collections SET words = words - (SELECT words FROM gone) WHERE id = @collection AND EXISTS (SELECT 1 FROM gone)
            """,
            ("id", id), ("collection", collection));
    }

    public override IReadOnlyList<PassagePlace> Search(Guid collection, string query, int most)
    {
        var (number, passages, words) = Rows(
            "SELECT number, (body ->> 'passages')::bigint, words FROM evidence.collections WHERE id = @id",
            static reader => (reader.GetInt64(0), reader.GetInt64(1), reader.GetInt64(2)), ("id", collection)).Single();
        return new PassageSearcher(connection, number, passages, words).Search(query, most);
    }

    private static (string Name, object? Value)[] Columns(StoredCollection collection) =>
    [
        ("id", collection.Id), ("owner", collection.KeyId), ("shared", collection.Shared), ("body", Json(EvidenceShapes.Collection, collection.Id, collection)),
    ];

    private static string Json<T>(StoredShape<T> shape, Guid id, T value)
        where T : class => ServerJson.Encode(shape.Write(id, value));

    private static T Read<T>(StoredShape<T> shape, Guid id, string body)
        where T : class
    {
        using var json = ServerJson.Decode(body);
        return shape.Read(id.ToString("N"), json.RootElement);
    }

    /// <summary>What rows of an id and a body say.</summary>
    private List<T> Read<T>(string sql, StoredShape<T> shape, params (string Name, object? Value)[] values)
        where T : class => Rows(sql, reader => Read(shape, reader.GetGuid(0), reader.GetString(1)), values);

    private List<T> Rows<T>(string sql, Func<NpgsqlDataReader, T> read, params (string Name, object? Value)[] values)
    {
        using var command = Command(sql, values);
        using var reader = command.ExecuteReader();
        var rows = new List<T>();
        while (reader.Read())
        {
            rows.Add(read(reader));
        }

        return rows;
    }

    private T Scalar<T>(string sql, params (string Name, object? Value)[] values)
    {
        using var command = Command(sql, values);
        return (T)command.ExecuteScalar()!;
    }

    private int Execute(string sql, params (string Name, object? Value)[] values)
    {
        using var command = Command(sql, values);
        return command.ExecuteNonQuery();
    }

    private NpgsqlCommand Command(string sql, (string Name, object? Value)[] values)
    {
        var command = new NpgsqlCommand(sql, connection);
        foreach (var (name, value) in values)
        {
            command.Parameters.Add(value is null ? new NpgsqlParameter(name, NpgsqlDbType.Unknown) { Value = DBNull.Value } : new NpgsqlParameter(name, value));
        }

        return command;
    }

    private static string If(bool isSo, string condition) => isSo ? " AND " + condition : "";
}

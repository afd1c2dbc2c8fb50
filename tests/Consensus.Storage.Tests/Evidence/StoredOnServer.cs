using System.Text.Json.Nodes;
using Consensus.Storage.Evidence.Postgres;
using Dapper;
using Npgsql;

namespace Consensus.Storage.Tests.Evidence;

/// <summary>A PostgreSQL database.</summary>
internal sealed class StoredOnServer(string connectionString) : IStoredEvidence
{
    /// <summary>In any column of any table.</summary>
    public bool Holds(string text)
    {
        using var connection = Open();
        var tables = connection.Query<string>("SELECT table_name FROM information_schema.tables WHERE table_schema = 'evidence'").AsList();
        return tables.Exists(table => connection.QuerySingle<bool>($"SELECT EXISTS (SELECT 1 FROM evidence.{table} t WHERE position(lower(@text) in lower(t::text)) > 0)", new { text }));
    }

    public JsonObject Read(string table, Guid id)
    {
        using var connection = Open();
        return JsonNode.Parse(connection.QuerySingle<string>($"SELECT body::text FROM evidence.{table} WHERE id = @id", new { id }))!.AsObject();
    }

    public void Change(string table, Guid id, JsonObject json)
    {
        using var connection = Open();
        connection.Execute($"UPDATE evidence.{table} SET body = @body::jsonb WHERE id = @id", new { id, body = json.ToJsonString() });
    }

    public void Put(string table, Guid id, JsonObject json, Guid? collection)
    {
        using var connection = Open();
        var body = json.ToJsonString();
        _ = table switch
        {
            "records" => connection.Execute("INSERT INTO evidence.records (id, made_at, body) VALUES (@id, 639000000000000000, @body::jsonb)", new { id, body }),
            "documents" => connection.Execute(
                "INSERT INTO evidence.documents (id, collection, content_hash, words, body) VALUES (@id, @collection, @hash, 0, @body::jsonb)",
                new { id, collection, hash = (string)json["contentHash"]!, body }),
            _ => PutText(connection, id, json),
        };
    }

    public void BreakOffRemoval(Guid collection)
    {
        using var connection = Open();
        connection.Execute("INSERT INTO evidence.removals (collection, number) SELECT id, number FROM evidence.collections WHERE id = @collection", new { collection });
        connection.Execute("DELETE FROM evidence.collections WHERE id = @collection", new { collection });
    }

    /// <summary>With what it is found by; the collection counts one passage more.</summary>
    private static int PutText(NpgsqlConnection connection, Guid document, JsonObject json)
    {
        var number = connection.QuerySingle<long>("SELECT c.number FROM evidence.collections c JOIN evidence.documents d ON d.collection = c.id WHERE d.id = @document", new { document });
        var vector = PassageVector.Of(number, null, (string)json["text"]!);
        connection.Execute("INSERT INTO evidence.texts (document, body) VALUES (@document, @body::jsonb)", new { document, body = json.ToJsonString() });
        connection.Execute(
            "UPDATE evidence.collections SET words = words + @Words, body = jsonb_set(body, '{passages}', to_jsonb((body ->> 'passages')::int + 1)) WHERE number = @number",
            new { number, vector.Words });
        connection.Execute("INSERT INTO evidence.words (word, passages) SELECT unnest(@lexemes), 1", new { lexemes = vector.Lexemes.ToArray() });
        return connection.Execute(
            "INSERT INTO evidence.passages (document, first_character, length, words) VALUES (@document, 0, @Length, @Text::tsvector)", new { document, vector.Length, vector.Text });
    }

    private NpgsqlConnection Open()
    {
        var connection = new NpgsqlConnection(connectionString + ";Pooling=false");
        connection.Open();
        return connection;
    }
}

using System.Text.Json.Nodes;
using LiteDB;

namespace Consensus.Storage.Tests.Evidence;

/// <summary>A LiteDB file.</summary>
internal sealed class StoredInFile(string path) : IStoredEvidence
{
    /// <summary>In every byte on the disk.</summary>
    public bool Holds(string text) => Directory.EnumerateFiles(Path.GetDirectoryName(path)!, "*", SearchOption.AllDirectories)
        .Where(static file => Path.GetExtension(file) != ".lock").Any(file =>
        {
            using var stream = File.Open(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var copy = new MemoryStream();
            stream.CopyTo(copy);
            return copy.ToArray().AsSpan().IndexOf(System.Text.Encoding.UTF8.GetBytes(text)) >= 0;
        });

    public JsonObject Read(string table, Guid id)
    {
        using var database = Open();
        var row = database.GetCollection(table).FindById(id.ToString("N"));
        row.Remove("_id");
        row.Remove("keys");
        return JsonNode.Parse(LiteDB.JsonSerializer.Serialize(row))!.AsObject();
    }

    public void Change(string table, Guid id, JsonObject json)
    {
        using var database = Open();
        var rows = database.GetCollection(table);
        rows.Update(Row(id, json, rows.FindById(id.ToString("N"))["keys"].AsDocument));
    }

    public void Put(string table, Guid id, JsonObject json, Guid? collection)
    {
        using var database = Open();
        database.GetCollection(table).Insert(Row(id, json, table switch
        {
            "records" => new BsonDocument { ["place"] = $"0639000000000000000/{id:N}" },
            "documents" => new BsonDocument { ["place"] = $"{collection:N}/{id:N}", ["content"] = $"{collection:N}/{json["contentHash"]}" },
            _ => [],
        }));
    }

    public void BreakOffRemoval(Guid collection)
    {
        using var database = Open();
        database.GetCollection("collections").Delete(collection.ToString("N"));
        database.GetCollection("removals").Insert(new BsonDocument { ["_id"] = collection.ToString("N") });
    }

    private static BsonDocument Row(Guid id, JsonObject json, BsonDocument keys)
    {
        var row = (BsonDocument)LiteDB.JsonSerializer.Deserialize(json.ToJsonString());
        (row["_id"], row["keys"]) = (id.ToString("N"), keys);
        return row;
    }

    private LiteDatabase Open() => new(new ConnectionString { Filename = path, Collation = Collation.Binary });
}

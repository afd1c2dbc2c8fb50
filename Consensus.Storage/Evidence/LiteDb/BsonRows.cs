using System.Text.Json;
using Consensus.Storage.Evidence.Schema;
using LiteDB;

namespace Consensus.Storage.Evidence.LiteDb;

/// <summary>What is stored as a row of LiteDB: the members of its JSON beside those that are LiteDB's and the indexes'.</summary>
internal static class BsonRows
{
    private const string Id = "_id";
    private const string Keys = "keys";

    /// <summary>A row of this kind.</summary>
    /// <param name="shape">The kind.</param>
    /// <param name="id">Its id.</param>
    /// <param name="value">What it says, with the current version.</param>
    /// <param name="keys">What it is found by.</param>
    /// <exception cref="EvidenceShapeException">It is not as the schema says.</exception>
    public static BsonDocument Row<T>(this StoredShape<T> shape, Guid id, T value, BsonDocument? keys = null)
        where T : class
    {
        var row = new BsonDocument { [Id] = EvidenceTables.Name(id), [Keys] = keys ?? [] };
        foreach (var (member, part) in BsonJson.Document(shape.Write(id, value)))
        {
            row[member] = part;
        }

        return row;
    }

    /// <inheritdoc cref="StoredShape{T}.Read(string, JsonElement)"/>
    public static T Read<T>(this StoredShape<T> shape, BsonDocument row)
        where T : class
    {
        using var stored = JsonDocument.Parse(BsonJson.Json(row, Id, Keys));
        return shape.Read(row[Id].AsString, stored.RootElement);
    }
}

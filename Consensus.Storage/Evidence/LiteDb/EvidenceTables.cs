using LiteDB;

namespace Consensus.Storage.Evidence.LiteDb;

/// <summary>The collections of LiteDB and their indexes.</summary>
internal static class EvidenceTables
{
    /// <summary>Sorts after every id, and after what ids are joined with.</summary>
    public const string Last = "~";

    public static ILiteCollection<BsonDocument> Collections(this LiteDatabase database) => database.GetCollection("collections");

    public static ILiteCollection<BsonDocument> Documents(this LiteDatabase database) => database.GetCollection("documents");

    public static ILiteCollection<BsonDocument> Passages(this LiteDatabase database) => database.GetCollection("passages");

    /// <summary>Which passages have vectors.</summary>
    public static ILiteCollection<BsonDocument> Vectors(this LiteDatabase database) => database.GetCollection("vectors");

    /// <summary>The numbers of vectors, under the ids of <see cref="Vectors"/>.</summary>
    public static ILiteCollection<BsonDocument> Numbers(this LiteDatabase database) => database.GetCollection("numbers");

    public static ILiteCollection<BsonDocument> Records(this LiteDatabase database) => database.GetCollection("records");

    /// <summary>Collections that were deleted and whose documents are not all gone yet.</summary>
    public static ILiteCollection<BsonDocument> Removals(this LiteDatabase database) => database.GetCollection("removals");

    public static void Prepare(LiteDatabase database)
    {
        database.Collections().EnsureIndex("owner", "keys.owner");
        database.Documents().EnsureIndex("place", "keys.place", unique: true);
        database.Documents().EnsureIndex("content", "keys.content", unique: true);
        database.Documents().EnsureIndex("embedded", "keys.embedded");
        database.Vectors().EnsureIndex("place", "keys.place", unique: true);
        database.Records().EnsureIndex("place", "keys.place", unique: true);
        database.Records().EnsureIndex("run", "keys.run");
    }

    /// <summary>Rows by an index, newest first, strictly between two places.</summary>
    public static IEnumerable<BsonDocument> Newest(
        this ILiteCollection<BsonDocument> rows, string key, string prefix, string? before, IReadOnlyList<(string Key, BsonValue Value)> filters, int most)
    {
        var query = rows.Query().Where($"{key} BETWEEN @0 AND @1", prefix, prefix + (before ?? Last));
        foreach (var (filter, value) in filters)
        {
            query = query.Where($"{filter} = @0", value);
        }

        // The last row of the page before lies in the range, which includes its ends.
        return query.OrderByDescending(key).Limit(most + (before is null ? 0 : 1)).ToEnumerable()
            .Where(row => before is null || Place(row, key) != prefix + before).Take(most);
    }

    public static string Name(Guid id) => id.ToString("N");

    private static string Place(BsonDocument row, string key) => key.Split('.').Aggregate((BsonValue)row, static (value, part) => value[part]).AsString;
}

using LiteDB;

namespace Consensus.Storage.Evidence.LiteDb;

/// <summary>How much all collections hold together: counted when the file is opened, kept up with each change. Safe for use by several threads.</summary>
internal sealed class HoldingCount
{
    private long _documents;
    private long _passages;

    public EvidenceHolding Now => new(Interlocked.Read(ref _documents), Interlocked.Read(ref _passages));

    /// <summary>Counts what the file holds that was just opened.</summary>
    public void Count(LiteDatabase database)
    {
        var (documents, passages) = (0L, 0L);
        foreach (var row in database.Collections().FindAll())
        {
            documents += Number(row, "documents");
            passages += Number(row, "passages");
        }

        Interlocked.Exchange(ref _documents, documents);
        Interlocked.Exchange(ref _passages, passages);
    }

    /// <summary>Documents came, or (negative) went.</summary>
    public void Change(long documents, long passages)
    {
        Interlocked.Add(ref _documents, documents);
        Interlocked.Add(ref _passages, passages);
    }

    /// <summary>A row of another version, or a damaged one, is told of where it is read.</summary>
    private static long Number(BsonDocument row, string member) => row[member] is { IsNumber: true } number ? number.AsInt64 : 0;
}

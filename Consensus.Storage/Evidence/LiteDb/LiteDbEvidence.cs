using Consensus.Storage.Evidence.Schema;
using Consensus.Storage.Evidence.Searching;
using LiteDB;
using Microsoft.Extensions.Logging;

namespace Consensus.Storage.Evidence.LiteDb;

/// <summary>One LiteDB file that one process has open, and an index of each collection that is searched, in memory and made from the file.</summary>
internal sealed class LiteDbEvidence : EvidenceDatabase
{
    private readonly EvidenceFile _file;
    private readonly PassageIndexes _indexes = new();
    private readonly VectorLists _lists = new();
    private readonly HoldingCount _count = new();

    public LiteDbEvidence(string path, ILogger logger) => _file = new EvidenceFile(Path.GetFullPath(path), logger, Opened);

    public override string Place => _file.Path;

    public override EvidenceHolding Holding => _count.Now;

    public override Task<T> ReadAsync<T>(Func<EvidenceRows, T> read, CancellationToken cancellationToken) =>
        _file.ReadAsync(database => read(new LiteDbRows(database, _indexes, _lists, new HashSet<Guid>())), cancellationToken);

    public override async Task<T> WriteAsync<T>(Func<EvidenceRows, T> write, CancellationToken cancellationToken, bool erases = false)
    {
        var touched = new HashSet<Guid>();
        try
        {
            return await _file.WriteAsync(database => write(new LiteDbRows(database, _indexes, _lists, touched)), cancellationToken, erases);
        }
        finally
        {
            // After the end of the write: what is read from now on is what it has left.
            foreach (var collection in touched)
            {
                _lists.Forget(collection);
            }
        }
    }

    public override Task ProbeAsync(DateTimeOffset now, CancellationToken cancellationToken) => _file.WriteAsync(
        database => database.GetCollection("probe").Upsert(new BsonDocument { ["_id"] = 1, ["at"] = now.ToUnixTimeMilliseconds() }), cancellationToken);

    public override Task CopyAsync(string to, CancellationToken cancellationToken) => _file.CopyAsync(to, cancellationToken);

    /// <summary>Bytes of the file and of what waits to be moved into it.</summary>
    public override long MeasureBytes() => _file.MeasureBytes();

    public override void Added(StoredDocument document, StoredPassages text)
    {
        _count.Change(1, document.Passages);
        _indexes.Added(document.Collection, index => Index(index, document, text));
    }

    public override void Removed(StoredDocument document)
    {
        _count.Change(-1, -document.Passages);
        _indexes.Removed(document.Collection, EvidenceTables.Name(document.Id));
    }

    public override void Removed(StoredCollection collection) => _count.Change(-collection.Documents, -collection.Passages);

    public override void Forget(Guid collection) => _indexes.Forget(collection);

    public override void Dispose()
    {
        _file.Dispose();
        _indexes.Dispose();
    }

    internal static void Index(PassageIndex index, StoredDocument document, StoredPassages text) =>
        index.Add(EvidenceTables.Name(document.Id), document.Title, text.Passages.Select(span => (span[0], text.Text[span[0]..span[1]])));

    private void Opened(LiteDatabase database)
    {
        EvidenceTables.Prepare(database);
        _count.Count(database);
    }
}

using Consensus.Storage.Evidence.Searching;
using LiteDB;
using Microsoft.Extensions.Logging;

namespace Consensus.Storage.Evidence;

/// <summary>
/// Collections of documents to answer from, and evidence records: one LiteDB file that one process has open, and an index of each collection that is
/// searched, in
/// memory and made from the file.
/// </summary>
/// <remarks>
/// The file is opened at the first use, and again after it failed: every member throws <see cref="EvidenceUnavailableException"/> until it can be,
/// <see cref="EvidenceVersionException"/> for what a later version of this software has stored, and, switched off
/// (<see cref="EvidenceOptions.Enabled"/>), <see cref="InvalidOperationException"/>.
/// </remarks>
public sealed partial class EvidenceStore : IDisposable
{
    private readonly EvidenceFile _file;
    private readonly PassageIndexes _indexes = new();
    private readonly TimeProvider _time;
    private readonly ILogger _logger;

    internal EvidenceStore(string path, EvidenceOptions options, TimeProvider time, ILogger logger)
    {
        _file = new EvidenceFile(System.IO.Path.GetFullPath(path), logger, Opened);
        _time = time;
        _logger = logger;
        IsEnabled = options.Enabled;
    }

    /// <summary>Whether collections and evidence records are stored at all.</summary>
    public bool IsEnabled { get; }

    /// <summary>How much all collections hold.</summary>
    internal EvidenceHolding Holding { get; } = new();

    /// <summary>The database file.</summary>
    public string Path => _file.Path;

    /// <summary>Opens the file, should that not have been done, and finishes what an earlier process has begun to delete.</summary>
    public async Task OpenAsync(CancellationToken cancellationToken)
    {
        if (!IsEnabled)
        {
            return;
        }

        foreach (var collection in await _file.ReadAsync(database => database.Removals().FindAll().Select(static row => Guid.Parse(row["_id"].AsString)).ToList(), cancellationToken))
        {
            await RemoveDocumentsAsync(collection);
        }
    }

    /// <summary>Proves that the file can be read and written, for readiness. Does nothing when the store is switched off.</summary>
    public async Task ProbeAsync(CancellationToken cancellationToken)
    {
        if (IsEnabled)
        {
            await WriteAsync(
                database => database.GetCollection("probe").Upsert(new BsonDocument { ["_id"] = 1, ["at"] = _time.GetUtcNow().ToUnixTimeMilliseconds() }),
                cancellationToken);
        }
    }

    /// <summary>Bytes of the database file and of what waits to be moved into it.</summary>
    public long MeasureBytes() => _file.MeasureBytes();

    /// <summary>Copies the file while it is in use; does nothing when the store is switched off.</summary>
    internal Task CopyAsync(string to, CancellationToken cancellationToken) => IsEnabled ? _file.CopyAsync(to, cancellationToken) : Task.CompletedTask;

    /// <summary>Closes the file.</summary>
    public void Dispose()
    {
        _file.Dispose();
        _indexes.Dispose();
    }

    private void Opened(LiteDatabase database)
    {
        EvidenceTables.Prepare(database);
        Holding.Count(database);
    }

    private Task<T> ReadAsync<T>(Func<LiteDatabase, T> read, CancellationToken cancellationToken)
    {
        RequireEnabled();
        return _file.ReadAsync(read, cancellationToken);
    }

    private Task<T> WriteAsync<T>(Func<LiteDatabase, T> write, CancellationToken cancellationToken, bool erases = false)
    {
        RequireEnabled();
        return _file.WriteAsync(write, cancellationToken, erases);
    }

    private void RequireEnabled()
    {
        if (!IsEnabled)
        {
            throw new InvalidOperationException("The evidence store is switched off.");
        }
    }
}

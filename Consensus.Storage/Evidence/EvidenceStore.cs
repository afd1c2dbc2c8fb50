using Consensus.Storage.Evidence.LiteDb;
using Consensus.Storage.Evidence.Vectors;
using Microsoft.Extensions.Logging;

namespace Consensus.Storage.Evidence;

/// <summary>
/// Collections of documents to answer from, and evidence records: in a LiteDB file of one process, or in a PostgreSQL database that several share.
/// </summary>
/// <remarks>
/// The database is opened at the first use, and again after it failed: every member throws <see cref="EvidenceUnavailableException"/> until it can be,
/// <see cref="EvidenceVersionException"/> for what a later version of this software has stored, and, switched off
/// (<see cref="EvidenceOptions.Enabled"/>), <see cref="InvalidOperationException"/>.
/// </remarks>
public sealed partial class EvidenceStore : IDisposable
{
    private readonly EvidenceDatabase _database;
    private readonly TimeProvider _time;
    private readonly VectorCache _vectors = new();

    internal EvidenceStore(string path, EvidenceOptions options, TimeProvider time, ILogger logger)
        : this(new LiteDbEvidence(path, logger), options, time)
    {
    }

    internal EvidenceStore(EvidenceDatabase database, EvidenceOptions options, TimeProvider time)
    {
        _database = database;
        _time = time;
        IsEnabled = options.Enabled;
    }

    /// <summary>Whether collections and evidence records are stored at all.</summary>
    public bool IsEnabled { get; }

    /// <summary>How much all collections hold.</summary>
    internal EvidenceHolding Holding => _database.Holding;

    /// <summary>Where it is, for people: a file, or a server with a database.</summary>
    public string Place => _database.Place;

    /// <summary>Opens the database, should that not have been done, and finishes what an earlier process has begun to delete.</summary>
    public async Task OpenAsync(CancellationToken cancellationToken)
    {
        if (!IsEnabled)
        {
            return;
        }

        foreach (var collection in await ReadAsync(static rows => rows.ListRemovals(), cancellationToken))
        {
            await RemoveDocumentsAsync(collection);
        }
    }

    /// <summary>Proves that it can be written, for readiness. Does nothing when the store is switched off.</summary>
    public Task ProbeAsync(CancellationToken cancellationToken) => IsEnabled ? _database.ProbeAsync(_time.GetUtcNow(), cancellationToken) : Task.CompletedTask;

    /// <summary>Bytes on the disk; 0 while that cannot be told.</summary>
    public long MeasureBytes() => _database.MeasureBytes();

    /// <summary>Copies the file while it is in use; does nothing when the store is switched off.</summary>
    internal Task CopyAsync(string to, CancellationToken cancellationToken) => IsEnabled ? _database.CopyAsync(to, cancellationToken) : Task.CompletedTask;

    /// <summary>Closes the database.</summary>
    public void Dispose() => _database.Dispose();

    internal Task<T> ReadAsync<T>(Func<EvidenceRows, T> read, CancellationToken cancellationToken)
    {
        RequireEnabled();
        return _database.ReadAsync(read, cancellationToken);
    }

    internal Task<T> WriteAsync<T>(Func<EvidenceRows, T> write, CancellationToken cancellationToken, bool erases = false)
    {
        RequireEnabled();
        return _database.WriteAsync(write, cancellationToken, erases);
    }

    private void RequireEnabled()
    {
        if (!IsEnabled)
        {
            throw new InvalidOperationException("The evidence store is switched off.");
        }
    }
}

using System.Data.Common;
using Consensus.Contracts.Retention;
using Consensus.Contracts.Runs;
using Consensus.Core.Privacy;
using Consensus.Storage.Audit;
using Consensus.Storage.Databases;
using Consensus.Storage.LongTerm.Archiving;
using Consensus.Storage.Privacy;
using Consensus.Storage.Retention;
using Consensus.Storage.Runs.Fields;
using Consensus.Storage.Runs.Reading;
using Consensus.Storage.Runs.Writing;
using Consensus.Storage.Sqlite;
using Microsoft.Extensions.Logging;

namespace Consensus.Storage.Runs;

/// <summary>The run log: a SQLite file, or a PostgreSQL database that several processes share; one writer that batches commits, readers on their own connections.</summary>
/// <remarks>
/// The file is opened at the first use, and again after it failed: a log that cannot be opened at start answers with
/// <see cref="RunLogUnavailableException"/> until it can. Switched off (<see cref="RunLogOptions.Enabled"/>), it touches no file: writes do nothing,
/// look-ups throw <see cref="InvalidOperationException"/>.
/// </remarks>
public sealed partial class RunLog : IAsyncDisposable, IDisposable
{
    private static readonly TimeSpan BusyTimeout = TimeSpan.FromSeconds(5);

    private readonly RunDatabase _database;
    private readonly string _folder;
    private readonly RunLogWriter _writer;
    private readonly AuditTrail _trail;
    private readonly RunReader _reader;
    private readonly ContentFilter _filter;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;

    internal RunLog(
        string path, RunLogOptions options, TimeProvider time, ILogger logger, Func<string, string>? redact = null, TimeSpan? busyTimeout = null,
        RetentionPolicy? policy = null, bool exclusive = false, AuditOptions? audit = null)
        : this(
            new RunLogFile(System.IO.Path.GetFullPath(path), options.FullSync, busyTimeout ?? BusyTimeout, logger, exclusive),
            System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(path))!, options, time, logger, redact, policy, audit)
    {
    }

    /// <param name="database">Where it is stored.</param>
    /// <param name="folder">The storage folder: where key and heads of the audit trail lie.</param>
    /// <param name="options">The settings.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">Where it logs.</param>
    /// <param name="redact">Replaces what is personal or secret in a text.</param>
    /// <param name="policy">How long things are kept.</param>
    /// <param name="audit">The settings of the audit trail.</param>
    /// <param name="isCommand">Whether a command works on a log that others may have open too.</param>
    /// <param name="keepsHeads">Whether heads of the audit trail are kept.</param>
    internal RunLog(
        RunDatabase database, string folder, RunLogOptions options, TimeProvider time, ILogger logger, Func<string, string>? redact = null,
        RetentionPolicy? policy = null, AuditOptions? audit = null, bool isCommand = false, bool keepsHeads = true)
    {
        _database = database;
        _folder = folder;
        _trail = new AuditTrail(audit ?? new AuditOptions(), folder, isCommand || database.IsExclusive, keepsHeads, time, logger);
        _writer = new RunLogWriter(database, _trail, logger);
        _reader = new RunReader(database);
        _filter = new ContentFilter(options.Content, redact ?? Redactor.Redact);
        _policy = policy ?? RetentionPolicies.KeepAll;
        _holds = RetentionPolicies.Holds(_policy);
        _time = time;
        _logger = logger;
        IsEnabled = options.Enabled;
    }

    /// <summary>Whether runs are stored at all.</summary>
    public bool IsEnabled { get; }

    /// <summary>Where it is stored, for people: the database file, or the server and its database.</summary>
    public string Place => _database.Place;

    /// <summary>Whether other processes may write to it too.</summary>
    public bool IsShared => _database.IsShared;

    /// <summary>
    /// Stores a run, or replaces the stored state of the same run (running → completed). Returns once it is durable. A write that comes too late, after
    /// the run was finished otherwise, changes nothing. Cancelling ends the wait, not necessarily the write.
    /// </summary>
    /// <exception cref="RunLogUnavailableException">The file cannot be written.</exception>
    /// <exception cref="ArgumentException">The run holds a number that is not finite.</exception>
    public async Task SaveAsync(RunRecord record, CancellationToken cancellationToken)
    {
        if (!IsEnabled)
            return;
        var run = PreparedRun.From(record, _filter);
        var now = _time.GetUtcNow();
        if (!await _writer.WriteAsync(statements => statements.Save(run, now), cancellationToken))
            LogLateWrite(record.Run.RunId, record.Run.Status);
    }

    /// <summary>Finds a run; with <paramref name="keyId"/> only if it belongs to that key.</summary>
    /// <exception cref="RunLogUnavailableException">The file cannot be read.</exception>
    public async Task<ConsensusResponse?> FindAsync(Guid runId, string? keyId, CancellationToken cancellationToken) =>
        await ReadAsync(() => _reader.Find(runId, keyId), cancellationToken) ?? await FindArchivedAsync(runId, keyId, cancellationToken);

    /// <summary>Lists runs, newest first, by keyset; archived ones with them.</summary>
    /// <exception cref="ArchivedRangeException">Archived runs are in the range, and the filters are not only a range of time.</exception>
    /// <exception cref="InvalidCursorException">The cursor was not issued for these filters.</exception>
    /// <exception cref="RunLogUnavailableException">The file cannot be read.</exception>
    public Task<Page<RunSummary>> ListAsync(RunFilter filter, CancellationToken cancellationToken) =>
        ListTiersAsync(filter, cancellationToken);

    /// <summary>Erases a finished run that no tag holds and everything that belongs to it, from the file and its write-ahead log. What it is and whose is asked where it is erased.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="mayErase">Whether the caller may erase a run of that key (<c>null</c>: of no key).</param>
    /// <param name="by">Who erases it; <c>null</c> without a key.</param>
    /// <param name="cancellationToken">Ends the wait, not necessarily the erasure.</param>
    /// <exception cref="RunLogUnavailableException">The file cannot be written.</exception>
    public async Task<Erasure> DeleteAsync(Guid runId, Func<string?, bool> mayErase, string? by, CancellationToken cancellationToken)
    {
        RequireEnabled();
        var now = _time.GetUtcNow();
        var erasure = await _writer.WriteAsync(statements => statements.Delete(runId, mayErase, _holds, by, now), cancellationToken, erases: true);
        return erasure == Erasure.NotFound ? await DeleteArchivedAsync(runId, mayErase, by, cancellationToken) : erasure;
    }

    /// <summary>Opens the file and brings its schema up to date, should that not have been done; commits nothing else.</summary>
    /// <exception cref="RunLogUnavailableException">It cannot be opened.</exception>
    internal async Task OpenAsync(CancellationToken cancellationToken)
    {
        if (IsEnabled)
            await _writer.WriteAsync(static _ => true, cancellationToken);
    }

    /// <summary>Proves that the log can be written, for readiness: a small row is committed. Does nothing when the log is switched off.</summary>
    /// <exception cref="RunLogUnavailableException">It cannot.</exception>
    public async Task ProbeAsync(CancellationToken cancellationToken)
    {
        if (!IsEnabled)
            return;
        var now = _time.GetUtcNow();
        await _writer.WriteAsync(statements => statements.Probe(now), cancellationToken);
    }

    /// <summary>Bytes that the database takes on its disk.</summary>
    public long MeasureBytes() => _database.MeasureBytes();

    /// <summary>Bytes that the disk of the database has left for it; null where that cannot be told.</summary>
    public long? MeasureFreeDisk() => _database.MeasureFreeDisk();

    /// <summary>Reads the whole file and checks it against itself. Empty when it is sound, else what is wrong; takes as long as the file is large.</summary>
    /// <exception cref="RunLogUnavailableException">The file cannot be read.</exception>
    public Task<IReadOnlyList<string>> CheckAsync(CancellationToken cancellationToken) => ReadAsync(() => _reader.Check(), cancellationToken);

    /// <summary>Takes nothing new, writes what has been taken, and closes the file.</summary>
    public async ValueTask DisposeAsync()
    {
        await _writer.DisposeAsync();
        _database.Dispose();
        _archiving.Dispose();
    }

    /// <inheritdoc cref="DisposeAsync"/>
    public void Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();

    /// <summary>SQLite reads synchronously; on a thread of the pool the caller is free meanwhile and its token counts.</summary>
    private Task<T> ReadAsync<T>(Func<T> read, CancellationToken cancellationToken)
    {
        RequireEnabled();
        return Task.Run(read, cancellationToken);
    }

    private void RequireEnabled()
    {
        if (!IsEnabled)
            throw new InvalidOperationException("The run log is switched off.");
    }

    [LoggerMessage(LogLevel.Warning, "Run {RunId} had finished otherwise: its late state {Status} was not stored")]
    private partial void LogLateWrite(Guid runId, RunStatus status);
}

/// <summary>The run log cannot be written or read.</summary>
public class RunLogUnavailableException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>The run log has moved to another place, or is being filled from one: it takes no writes until the migration is finished or rolled back.</summary>
public sealed class RunLogMovedException(string message, Exception? inner = null) : RunLogUnavailableException(message, inner);

/// <summary>A cursor that this listing did not issue.</summary>
public sealed class InvalidCursorException(string message) : Exception(message);

using LiteDB;
using Microsoft.Extensions.Logging;

namespace Consensus.Storage.Evidence.LiteDb;

/// <summary>
/// The database file of the evidence store: made, locked and opened at the first use, and again after it failed. One writer at a time, each write a
/// transaction;
/// readers go beside it. LiteDB's own locks do not keep a second process out on Unix, so a lock file does.
/// </summary>
internal sealed partial class EvidenceFile(string path, ILogger logger, Action<LiteDatabase>? opened = null) : IDisposable
{
    private const int MarkWithin = 64;

    private readonly SemaphoreSlim _writing = new(1, 1);
    private readonly Lock _opening = new();
    private LiteDatabase? _database;
    private FileStream? _lock;
    private bool _isClosed;

    public string Path => path;

    /// <summary>What LiteDB has not yet moved into the file.</summary>
    private string LogPath => Beside("-log.db");

    /// <summary>Looks something up, on a thread of the pool: LiteDB reads synchronously.</summary>
    /// <exception cref="EvidenceUnavailableException">The file cannot be read.</exception>
    public Task<T> ReadAsync<T>(Func<LiteDatabase, T> read, CancellationToken cancellationToken) => Task.Run(() => Guarded(read), cancellationToken);

    /// <summary>Changes something, whole or not at all. Cancelling ends the wait for one's turn, not the write.</summary>
    /// <param name="write">What to do.</param>
    /// <param name="cancellationToken">Ends the wait for one's turn.</param>
    /// <param name="erases">Whether what was deleted is to be gone from the disk too.</param>
    /// <exception cref="EvidenceUnavailableException">The file cannot be written.</exception>
    public async Task<T> WriteAsync<T>(Func<LiteDatabase, T> write, CancellationToken cancellationToken, bool erases = false)
    {
        await _writing.WaitAsync(cancellationToken);
        try
        {
            // Transactions belong to a thread.
            return await Task.Run(() => Guarded(database => Commit(database, write, erases)), CancellationToken.None);
        }
        finally
        {
            _writing.Release();
        }
    }

    /// <summary>Copies the file while it is in use: no write goes on meanwhile, and all that was written is in it.</summary>
    /// <param name="to">A file that is not there yet.</param>
    /// <param name="cancellationToken">Ends the wait for one's turn.</param>
    /// <exception cref="EvidenceUnavailableException">The file cannot be read, or the copy not be written.</exception>
    public async Task CopyAsync(string to, CancellationToken cancellationToken)
    {
        await _writing.WaitAsync(cancellationToken);
        try
        {
            await Task.Run(
                () => Guarded(database =>
                {
                    database.Checkpoint();
                    using var from = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
                    using var copy = LongTerm.DurableFile.Create(to);
                    from.CopyTo(copy);
                    copy.Flush(flushToDisk: true);
                    return true;
                }),
                CancellationToken.None);
        }
        finally
        {
            _writing.Release();
        }
    }

    /// <summary>Bytes of the file and of what waits to be moved into it.</summary>
    public long MeasureBytes() => new[] { path, LogPath }.Select(static name => new FileInfo(name)).Where(static file => file.Exists).Sum(static file => file.Length);

    public void Dispose()
    {
        lock (_opening)
        {
            _isClosed = true;
            Close();
        }

        _writing.Dispose();
    }

    private static T Commit<T>(LiteDatabase database, Func<LiteDatabase, T> write, bool erases)
    {
        database.BeginTrans();
        T result;
        try
        {
            result = write(database);
        }
        catch
        {
            database.Rollback();
            throw;
        }

        database.Commit();
        if (erases)
        {
            database.Checkpoint(); // Deleted pages are emptied, in the file and in the log.
        }

        return result;
    }

    private T Guarded<T>(Func<LiteDatabase, T> use)
    {
        var database = Opened();
        try
        {
            return use(database);
        }
        catch (Exception fault) when (IsOfTheFile(fault))
        {
            LogFailed(path, fault.Message);
            Forget(database);
            throw new EvidenceUnavailableException($"The evidence store {path} failed: {fault.Message}", fault);
        }
    }

    private LiteDatabase Opened()
    {
        lock (_opening)
        {
            ObjectDisposedException.ThrowIf(_isClosed, this);
            if (_database is not null && !File.Exists(path))
            {
                Close(); // Taken away: on Unix it would still take writes that nobody will ever read.
            }

            return _database ??= Open();
        }
    }

    private LiteDatabase Open()
    {
        try
        {
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
            _lock = Private(Beside(".lock"), FileShare.None);
            using (var file = Private(path, FileShare.ReadWrite))
            {
                RequireDatabase(file);
            }

            Private(LogPath, FileShare.ReadWrite).Dispose();
            var database = new LiteDatabase(new ConnectionString { Filename = path, Connection = ConnectionType.Direct, Collation = Collation.Binary });
            opened?.Invoke(database);
            LogOpened(path);
            return database;
        }
        catch (Exception fault) // of any kind: what lies there may be anything
        {
            var reason = _lock is null && fault is IOException && File.Exists(Beside(".lock")) ? "another process has it open" : fault.Message;
            Close();
            LogNotOpened(path, reason);
            throw new EvidenceUnavailableException($"The evidence store {path} cannot be opened: {reason}.", fault);
        }
    }

    /// <summary>LiteDB would cut a file that is none to whole pages.</summary>
    private static void RequireDatabase(FileStream file)
    {
        var start = new byte[MarkWithin];
        var read = file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        if (read > 0 && start.AsSpan(0, read).IndexOf("** This is a LiteDB file **"u8) < 0)
        {
            throw new InvalidDataException("it is no LiteDB file");
        }
    }

    private void Forget(LiteDatabase failed)
    {
        lock (_opening)
        {
            if (ReferenceEquals(_database, failed))
            {
                Close();
            }
        }
    }

    private void Close()
    {
        try
        {
            _database?.Dispose();
        }
        catch (Exception fault) when (IsOfTheFile(fault))
        {
            LogFailed(path, fault.Message);
        }

        _database = null;
        _lock?.Dispose();
        _lock = null;
    }

    /// <summary>LiteDB meets a damaged page with whatever its bytes lead to.</summary>
    private static bool IsOfTheFile(Exception fault) =>
        fault is LiteException or IOException or UnauthorizedAccessException or ObjectDisposedException || fault.StackTrace?.Contains(" LiteDB.Engine.", StringComparison.Ordinal) == true;

    private string Beside(string ending) => System.IO.Path.Combine(System.IO.Path.GetDirectoryName(path)!, System.IO.Path.GetFileNameWithoutExtension(path) + ending);

    private static FileStream Private(string name, FileShare share)
    {
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = share };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return new FileStream(name, options);
    }

    [LoggerMessage(LogLevel.Information, "The evidence store is open at {Path}")]
    private partial void LogOpened(string path);

    [LoggerMessage(LogLevel.Error, "The evidence store {Path} cannot be opened: {Reason}")]
    private partial void LogNotOpened(string path, string reason);

    [LoggerMessage(LogLevel.Error, "The evidence store {Path} failed and is opened anew at the next use: {Reason}")]
    private partial void LogFailed(string path, string reason);
}

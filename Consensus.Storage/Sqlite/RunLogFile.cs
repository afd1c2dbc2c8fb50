using System.Data.Common;
using System.Globalization;
using Consensus.Storage.Databases;
using Consensus.Storage.Moving;
using Consensus.Storage.Runs;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace Consensus.Storage.Sqlite;

/// <summary>The database file: made, migrated and opened. Nothing touches the disk before the first opening.</summary>
internal sealed partial class RunLogFile(string path, bool fullSync, TimeSpan busyTimeout, ILogger logger, bool exclusive = false) : RunDatabase
{
    private const int SqliteBusy = 5;
    private const int SqliteLocked = 6;
    private const int SqliteTooBig = 18;
    private const int SqliteConstraint = 19;
    private const int SqliteMismatch = 20;
    private const int SqliteRange = 25;

    /// <summary>Takes the lock at the first access, which follows, and keeps it.</summary>
    private static readonly string[] KeepOthersOut = ["PRAGMA locking_mode = EXCLUSIVE;", "BEGIN IMMEDIATE;", "COMMIT;"];

    private readonly Lock _gate = new();
    private readonly string _readers = ConnectionString(path, busyTimeout, pooling: true);
    private readonly string _writer = ConnectionString(path, busyTimeout, pooling: false);
    private bool _ready;

    public override string Place => path;

    public override bool IsExclusive => exclusive;

    public override IReadOnlyList<string> Begin { get; } = ["BEGIN IMMEDIATE"];

    public override SqliteConnection OpenWriter()
    {
        EnsureReady();
        return Open(_writer,
        [
            .. exclusive ? KeepOthersOut : [],
            "PRAGMA journal_mode = WAL;",
            $"PRAGMA synchronous = {(fullSync ? "FULL" : "NORMAL")};",
            "PRAGMA foreign_keys = ON;",
            "PRAGMA secure_delete = ON;", // an erased run is overwritten, not only unlinked
            "PRAGMA temp_store = MEMORY;", // no content in temporary files
            "PRAGMA journal_size_limit = 67108864;",
            BusyTimeout(busyTimeout),
        ]);
    }

    public override SqliteConnection OpenReader()
    {
        EnsureReady();
        return Open(_readers, "PRAGMA query_only = ON;", "PRAGMA temp_store = MEMORY;", BusyTimeout(busyTimeout));
    }

    /// <summary>A connection that cannot write and keeps every other process from the file, whose schema stays as it is.</summary>
    /// <exception cref="RunLogUnavailableException">There is no file, or another has it open.</exception>
    public SqliteConnection OpenAloneForReading()
    {
        RequireAlone();
        return Open(_writer, [.. KeepOthersOut, "PRAGMA query_only = ON;", "PRAGMA temp_store = MEMORY;"]);
    }

    /// <summary>Whether the schema of a log is that of this program.</summary>
    public static bool IsCurrent(SqliteConnection connection)
    {
        if (!connection.HasTable("schema_versions"))
            return false;
        using var last = connection.Command("SELECT max(ScriptName) FROM schema_versions");
        return last.ExecuteScalar() as string == Migrations.Scripts[^1].Name;
    }

    /// <summary>Creates folder and file (readable by this user alone) where they are missing, and runs the migrations.</summary>
    public override void EnsureReady()
    {
        lock (_gate)
        {
            if (_ready)
                return;
            if (exclusive)
                RequireAlone();
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            CreatePrivately();
            // A new file is made such that it can shrink; one that is there stays as it is, until it is rewritten.
            using (Open(_writer, "PRAGMA auto_vacuum = INCREMENTAL;", "PRAGMA journal_mode = WAL;"))
                Migrations.Run(_writer, logger);
            _ready = true;
            LogOpened(path);
        }
    }

    /// <summary>Whether the file was taken away since it was opened. On Unix a deleted file still takes writes that nobody will ever read.</summary>
    public override bool IsGone() => _ready && !File.Exists(path);

    public override void Forget()
    {
        lock (_gate)
            _ready = false;
        ClearReaders();
    }

    public override bool IsOwn(DbException fault) =>
        fault is SqliteException { SqliteErrorCode: SqliteTooBig or SqliteConstraint or SqliteMismatch or SqliteRange } && !fault.Message.Contains(MovedLog.Mark, StringComparison.Ordinal);

    /// <summary>Moves everything into the database file and empties the write-ahead log, without waiting for readers. False when one stood in the way.</summary>
    public override bool TryWipe(DbConnection writer)
    {
        using var command = writer.Command("PRAGMA busy_timeout = 0; PRAGMA wal_checkpoint(TRUNCATE);");
        bool blocked;
        using (var reader = command.ExecuteReader())
        {
            // The first pragma answers too, with its new value.
            while (reader.FieldCount != 3 && reader.NextResult())
            {
            }

            blocked = !reader.Read() || reader.GetInt64(0) != 0;
        }

        command.CommandText = BusyTimeout(busyTimeout);
        command.ExecuteNonQuery();
        return !blocked;
    }

    /// <summary>Rewrites the whole file: without gaps, and such that it can shrink from then on. Nobody else may have it open; it takes as much room again on the disk.</summary>
    public void Rewrite()
    {
        // A setting of its own of where temporary files go is not made: in memory the whole file might not fit.
        using var connection = Open(_writer, [.. KeepOthersOut, "PRAGMA auto_vacuum = INCREMENTAL;", "VACUUM;", "PRAGMA wal_checkpoint(TRUNCATE);"]);
    }

    /// <summary>Tries to get the file alone, by the locks of SQLite itself: whoever has it open in write-ahead-log mode holds one.</summary>
    /// <exception cref="RunLogUnavailableException">There is no file, or another has it open.</exception>
    private void RequireAlone()
    {
        if (!File.Exists(path))
            throw new RunLogUnavailableException($"There is no run log at {path}.");
        try
        {
            using var connection = Open(_writer, KeepOthersOut);
        }
        catch (SqliteException fault) when (fault.SqliteErrorCode is SqliteBusy or SqliteLocked)
        {
            throw new RunLogUnavailableException($"Another process has the run log {path} open: the API runs. Stop it, or do this over its address.", fault);
        }
    }

    private void ClearReaders()
    {
        using var connection = new SqliteConnection(_readers);
        SqliteConnection.ClearPool(connection);
    }

    private void CreatePrivately()
    {
        if (File.Exists(path))
            return;
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.ReadWrite | FileShare.Delete };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var created = new FileStream(path, options);
    }

    private static string BusyTimeout(TimeSpan timeout) =>
        string.Create(CultureInfo.InvariantCulture, $"PRAGMA busy_timeout = {(int)timeout.TotalMilliseconds};");

    private static string ConnectionString(string path, TimeSpan busyTimeout, bool pooling) => new SqliteConnectionStringBuilder
    {
        DataSource = path,
        Mode = SqliteOpenMode.ReadWrite,
        Pooling = pooling,
        DefaultTimeout = Math.Max(1, (int)busyTimeout.TotalSeconds),
    }.ToString();

    private static SqliteConnection Open(string connectionString, params ReadOnlySpan<string> pragmas)
    {
        var connection = new SqliteConnection(connectionString);
        try
        {
            connection.Open();
            using var command = connection.CreateCommand();
            foreach (var pragma in pragmas)
            {
                // Each alone: the driver forgets the failure of a statement that stands after one with an answer.
                command.CommandText = pragma;
                command.ExecuteNonQuery();
            }

            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    [LoggerMessage(LogLevel.Information, "The run log is open at {Path}")]
    private partial void LogOpened(string path);
}

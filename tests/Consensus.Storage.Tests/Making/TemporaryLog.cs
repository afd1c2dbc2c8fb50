using System.Data.Common;
using System.Text;
using Consensus.Contracts.Audit;
using Consensus.Contracts.Retention;
using Consensus.Contracts.Runs;
using Consensus.Storage.Audit;
using Consensus.Storage.Audit.Verifying;
using Consensus.Storage.Postgres;
using Consensus.Storage.Runs;
using Consensus.Storage.Tests.Postgres;
using Consensus.Testing;
using Dapper;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Consensus.Storage.Tests.Making;

/// <summary>A run log in a folder of its own, which goes with it.</summary>
internal sealed class TemporaryLog : IAsyncDisposable
{
    public const string Instance = "here";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("consensus-storage-");
    private readonly RunContent _content;
    private readonly Func<string, string>? _redact;
    private readonly TimeProvider _time;
    private readonly TimeSpan? _busyTimeout;
    private readonly RetentionPolicy? _policy;
    private readonly string? _database;

    public TemporaryLog(RunContent content = RunContent.Full, Func<string, string>? redact = null, TimeProvider? time = null, TimeSpan? busyTimeout = null,
        RetentionPolicy? policy = null)
    {
        _content = content;
        _redact = redact;
        _time = time ?? TimeProvider.System;
        _busyTimeout = busyTimeout;
        _policy = policy;
        _database = OnPostgresAttribute.IsOn ? TestPostgres.NewDatabase(Prepare) : null;
        Log = Open();
    }

    /// <summary>Where it is stored, when not in a file.</summary>
    public string? Database => _database;

    public RunLog Log { get; private set; }

    public string Folder => _folder.FullName;

    public string File => Path.Combine(Folder, "below", "runs.db");

    public Task SaveAsync(ConsensusResponse run, string? keyId = null, string instance = Instance) =>
        Log.SaveAsync(new RunRecord(run, keyId, instance), TestContext.Current.CancellationToken);

    public Task<ConsensusResponse?> FindAsync(Guid runId, string? keyId = null) => Log.FindAsync(runId, keyId, TestContext.Current.CancellationToken);

    public Task<Page<RunSummary>> ListAsync(RunFilter? filter = null) => Log.ListAsync(filter ?? new RunFilter(), TestContext.Current.CancellationToken);

    public async Task ReopenAsync()
    {
        await Log.DisposeAsync();
        Log = Open();
    }

    /// <summary>Closes the log and leaves its file.</summary>
    public ValueTask CloseAsync() => Log.DisposeAsync();

    /// <summary>A connection of the test's own to the same file or database.</summary>
    public DbConnection Connect()
    {
        DbConnection connection = _database is null
            ? new SqliteConnection($"Data Source={File};Pooling=False;Default Timeout=1")
            : new NpgsqlConnection(_database + ";Pooling=False");
        connection.Open();
        return connection;
    }

    /// <summary>Every byte on the disk: the database, its write-ahead log, whatever else lies there.</summary>
    public byte[] Bytes() => [.. _folder.EnumerateFiles("*", SearchOption.AllDirectories).SelectMany(ReadShared)];

    /// <summary>Whether a text can be read anywhere where the log is stored.</summary>
    public bool Holds(string text)
    {
        if (_database is null)
            return Bytes().AsSpan().IndexOf(Encoding.UTF8.GetBytes(text)) >= 0;
        using var connection = Connect();
        var tables = connection.Query<string>("SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'").AsList();
        return tables.Exists(table => connection.QuerySingle<bool>($"SELECT EXISTS (SELECT 1 FROM {table} t WHERE position(@text in t::text) > 0)", new { text }));
    }

    /// <summary>From now on the table takes no row.</summary>
    public void RefuseInserts(string table)
    {
        using var connection = Connect();
        connection.Execute(_database is null
            ? $"CREATE TRIGGER refuse_{table} BEFORE INSERT ON {table} BEGIN SELECT RAISE(ABORT, 'refused'); END"
            : $"CREATE TRIGGER refuse_{table} BEFORE INSERT ON {table} FOR EACH ROW EXECUTE FUNCTION refuse_change()");
    }

    /// <summary>Closes the log and verifies its trail.</summary>
    public async Task<AuditReport> VerifyAsync(string? heads = null, AuditOptions? options = null)
    {
        await CloseAsync();
        var folder = Path.GetDirectoryName(File)!;
        return _database is null
            ? AuditVerification.Verify(folder, options ?? new AuditOptions(), heads, TestContext.Current.CancellationToken)
            : AuditVerification.VerifyServer(_database, folder, options ?? new AuditOptions(), heads, TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await Log.DisposeAsync();
        if (_database is not null || (System.IO.File.Exists(File) && IsSqlite(File)))
        {
            // Whatever a test did: the lists of runs have followed.
            using var connection = Connect();
            RunListCheck.AssertKept(connection);
        }

        _folder.Delete(recursive: true);
    }

    private static void Prepare(string database)
    {
        using var server = new RunLogServer(database, NullLogger.Instance);
        server.EnsureReady();
    }

    private RunLog Open() => _database is null
        ? new(File, new RunLogOptions { Content = _content }, _time, NullLogger.Instance, _redact, _busyTimeout, _policy)
        : new(new RunLogServer(_database, NullLogger.Instance), Path.GetDirectoryName(File)!, new RunLogOptions { Content = _content }, _time, NullLogger.Instance, _redact, _policy);

    private static bool IsSqlite(string path)
    {
        using var file = System.IO.File.OpenRead(path);
        Span<byte> head = stackalloc byte[6];
        return file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false) == head.Length && head.SequenceEqual("SQLite"u8);
    }

    private static byte[] ReadShared(FileInfo file)
    {
        using var stream = file.Open(FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }
}

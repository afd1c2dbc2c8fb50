using Consensus.Contracts.Retention;
using Consensus.Contracts.Runs;
using Consensus.Storage.Runs;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

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

    public TemporaryLog(RunContent content = RunContent.Full, Func<string, string>? redact = null, TimeProvider? time = null, TimeSpan? busyTimeout = null,
        RetentionPolicy? policy = null)
    {
        _content = content;
        _redact = redact;
        _time = time ?? TimeProvider.System;
        _busyTimeout = busyTimeout;
        _policy = policy;
        Log = Open();
    }

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

    /// <summary>A connection of the test's own to the same file.</summary>
    public SqliteConnection Connect()
    {
        var connection = new SqliteConnection($"Data Source={File};Pooling=False;Default Timeout=1");
        connection.Open();
        return connection;
    }

    /// <summary>Every byte on the disk: the database, its write-ahead log, whatever else lies there.</summary>
    public byte[] Bytes() => [.. _folder.EnumerateFiles("*", SearchOption.AllDirectories).SelectMany(ReadShared)];

    public async ValueTask DisposeAsync()
    {
        await Log.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private RunLog Open() => new(File, new RunLogOptions { Content = _content }, _time, NullLogger.Instance, _redact, _busyTimeout, _policy);

    private static byte[] ReadShared(FileInfo file)
    {
        using var stream = file.Open(FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }
}

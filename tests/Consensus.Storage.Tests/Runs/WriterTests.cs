using System.Runtime.Versioning;
using Consensus.Contracts.Runs;
using Consensus.Storage.Runs;
using Consensus.Storage.Tests.Making;
using Dapper;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace Consensus.Storage.Tests.Runs;

public sealed class WriterTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task MoreWritersThanTheQueueHoldsAllGetThrough()
    {
        await using var log = new TemporaryLog();
        var runs = Enumerable.Range(0, 3000).Select(_ => Make.Run()).ToArray();

        await Task.WhenAll(runs.Select(run => Task.Run(() => log.SaveAsync(run))));

        using var connection = log.Connect();
        Assert.Equal(runs.Length, connection.ExecuteScalar<int>("SELECT count(*) FROM runs"));
    }

    [Fact]
    public async Task AFullQueueHoldsItsWritersBackUntilTheFileTakesMore()
    {
        await using var log = new TemporaryLog(busyTimeout: Patience);
        await log.Log.ProbeAsync(TestContext.Current.CancellationToken);
        using var blocker = log.Connect();
        await blocker.ExecuteAsync("BEGIN IMMEDIATE");
        using var impatient = new CancellationTokenSource();

        var saves = Enumerable.Range(0, 2000).Select(_ => log.SaveAsync(Make.Run())).ToArray();
        var waiting = log.Log.SaveAsync(new RunRecord(Make.Run(), null, "here"), impatient.Token);
        await impatient.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        Assert.DoesNotContain(saves, save => save.IsCompleted);
        await blocker.ExecuteAsync("COMMIT");
        await Task.WhenAll(saves).WaitAsync(Patience, TestContext.Current.CancellationToken);
        Assert.Equal(2000, blocker.ExecuteScalar<int>("SELECT count(*) FROM runs"));
    }

    [Fact]
    public async Task AFaultyRecordFailsAloneWhileItsBatchIsStored()
    {
        await using var log = new TemporaryLog(busyTimeout: Patience);
        await log.Log.ProbeAsync(TestContext.Current.CancellationToken);
        var before = Make.Run();
        var faulty = Make.Run() with { Strategy = null! };
        var after = Make.Run();

        // While another process holds the file, the three gather in the queue and become one batch.
        using var blocker = log.Connect();
        await blocker.ExecuteAsync("BEGIN IMMEDIATE");
        var first = log.SaveAsync(Make.Run());
        var (one, two, three) = (log.SaveAsync(before), log.SaveAsync(faulty), log.SaveAsync(after));
        await blocker.ExecuteAsync("COMMIT");

        await Task.WhenAll(first, one, three).WaitAsync(Patience, TestContext.Current.CancellationToken);
        await Assert.ThrowsAsync<SqliteException>(() => two);
        Assert.NotNull(await log.FindAsync(before.RunId));
        Assert.NotNull(await log.FindAsync(after.RunId));
        Assert.Null(await log.FindAsync(faulty.RunId));
    }

    [Fact]
    public async Task ANumberThatIsNotFiniteIsRefusedBeforeItReachesTheFile()
    {
        await using var log = new TemporaryLog();

        await Assert.ThrowsAsync<ArgumentException>(() => log.SaveAsync(Make.Run() with { Agreement = double.NaN }));
    }

    [Fact]
    public async Task AFileHeldByAnotherIsUnavailableUntilItIsLetGo()
    {
        await using var log = new TemporaryLog(busyTimeout: TimeSpan.FromMilliseconds(50));
        var early = Make.Run();
        await log.SaveAsync(early);
        using var blocker = log.Connect();
        await blocker.ExecuteAsync("BEGIN IMMEDIATE");

        var refused = Make.Run();
        await Assert.ThrowsAsync<RunLogUnavailableException>(() => log.SaveAsync(refused));
        await Assert.ThrowsAsync<RunLogUnavailableException>(() => log.Log.ProbeAsync(TestContext.Current.CancellationToken));
        Assert.NotNull(await log.FindAsync(early.RunId)); // readers go on

        await blocker.ExecuteAsync("COMMIT");
        await log.SaveAsync(refused);
        await log.Log.ProbeAsync(TestContext.Current.CancellationToken);
        Assert.NotNull(await log.FindAsync(refused.RunId));
    }

    [Fact]
    public async Task ALogThatCannotBeMadeIsUnavailableUntilItCan()
    {
        await using var log = new TemporaryLog();
        var folder = Path.GetDirectoryName(log.File)!;
        await File.WriteAllTextAsync(folder, "in the way", TestContext.Current.CancellationToken);

        await Assert.ThrowsAsync<RunLogUnavailableException>(() => log.SaveAsync(Make.Run()));
        await Assert.ThrowsAsync<RunLogUnavailableException>(() => log.FindAsync(Guid.CreateVersion7()));
        await Assert.ThrowsAsync<RunLogUnavailableException>(() => log.ListAsync());

        File.Delete(folder);
        var run = Make.Run();
        await log.SaveAsync(run);
        Assert.NotNull(await log.FindAsync(run.RunId));
    }

    [Fact]
    public async Task AFileThatIsNoDatabaseIsUnavailableAndLeftAsItIs()
    {
        await using var log = new TemporaryLog();
        Directory.CreateDirectory(Path.GetDirectoryName(log.File)!);
        var foreign = new string('x', 8192);
        await File.WriteAllTextAsync(log.File, foreign, TestContext.Current.CancellationToken);

        await Assert.ThrowsAsync<RunLogUnavailableException>(() => log.SaveAsync(Make.Run()));

        Assert.Equal(foreign, await File.ReadAllTextAsync(log.File, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task AFileTakenAwayIsBegunAnewRatherThanWrittenIntoTheVoid()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows does not let an open file be deleted.");
        await using var log = new TemporaryLog();
        await log.SaveAsync(Make.Run());
        Directory.Delete(Path.GetDirectoryName(log.File)!, recursive: true);

        var run = Make.Run();
        await log.SaveAsync(run);

        Assert.True(File.Exists(log.File));
        Assert.Equal([run.RunId], (await log.ListAsync()).Items.Select(item => item.RunId));
    }

    [Fact]
    public async Task ClosingWritesWhatWasTakenAndTakesNothingMore()
    {
        await using var log = new TemporaryLog();
        var runs = Enumerable.Range(0, 500).Select(_ => Make.Run()).ToArray();
        var saves = runs.Select(run => log.SaveAsync(run)).ToArray();

        await log.Log.DisposeAsync();

        await Task.WhenAll(saves);
        await Assert.ThrowsAsync<RunLogUnavailableException>(() => log.SaveAsync(Make.Run()));
        await log.ReopenAsync();
        foreach (var run in runs)
            Assert.NotNull(await log.FindAsync(run.RunId));
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public async Task TheFileIsForItsUserAlone()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has access lists instead.");
        await using var log = new TemporaryLog();
        await log.SaveAsync(Make.Run());

        const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;
        foreach (var file in Directory.GetFiles(Path.GetDirectoryName(log.File)!))
            Assert.Equal(UnixFileMode.None, File.GetUnixFileMode(file) & Others);
    }

    [Theory]
    [InlineData(false, 1)]
    [InlineData(true, 2)]
    public void SynchronousIsNormalUnlessFullIsAsked(bool fullSync, int expected)
    {
        var folder = Directory.CreateTempSubdirectory("consensus-storage-");
        try
        {
            using var file = new Sqlite.RunLogFile(Path.Combine(folder.FullName, "runs.db"), fullSync, Patience, NullLogger.Instance);
            using var connection = file.OpenWriter();

            Assert.Equal(expected, connection.ExecuteScalar<int>("PRAGMA synchronous"));
            Assert.Equal("wal", connection.ExecuteScalar<string>("PRAGMA journal_mode"));
            Assert.Equal(1, connection.ExecuteScalar<int>("PRAGMA foreign_keys"));
            Assert.Equal(1, connection.ExecuteScalar<int>("PRAGMA secure_delete"));
            Assert.Equal((int)Patience.TotalMilliseconds, connection.ExecuteScalar<int>("PRAGMA busy_timeout"));
            using var reader = file.OpenReader();
            Assert.Throws<SqliteException>(() => reader.Execute("DELETE FROM runs"));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task ASoundLogSaysSoAndHasASize()
    {
        await using var log = new TemporaryLog();
        await log.SaveAsync(Make.Run());

        Assert.Empty(await log.Log.CheckAsync(TestContext.Current.CancellationToken));
        Assert.True(log.Log.MeasureBytes() > 0);
    }
}

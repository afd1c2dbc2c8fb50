using System.Data.Common;
using Consensus.Contracts.Audit;
using Consensus.Contracts.Runs;
using Consensus.Storage.Audit;
using Consensus.Storage.Postgres;
using Consensus.Storage.Runs;
using Consensus.Storage.Tests.Making;
using Consensus.Testing;
using Dapper;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Npgsql;

namespace Consensus.Storage.Tests.Postgres;

/// <summary>Several processes with one run log: here, logs of their own with one database.</summary>
[OnPostgres]
public sealed class SharedLogTests : IAsyncDisposable
{
    private static readonly AuditOptions Signed = new() { Key = Convert.ToBase64String(new byte[32]) };

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("consensus-shared-");
    private readonly string _database = TestPostgres.NewDatabase();
    private readonly List<RunLog> _logs = [];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task LogsThatBeginAtOnceMakeOneSchemaAndWriteOneChain()
    {
        var logs = Enumerable.Range(0, 4).Select(_ => Open()).ToArray();
        const int Each = 40;

        await Task.WhenAll(logs.SelectMany((log, i) => Enumerable.Range(0, Each).Select(_ => log.SaveAsync(new RunRecord(Make.Run(), null, $"replica-{i}"), Token))));

        var runs = await logs[0].ListAsync(new RunFilter { Limit = 500 }, Token);
        Assert.Equal(logs.Length * Each, runs.Items.Count);
        var entries = (await logs[^1].ListAuditAsync(new AuditFilter { OldestFirst = true, Limit = 500 }, Token)).Items;
        Assert.Equal(Enumerable.Range(1, 1 + (logs.Length * Each)).Select(static seq => (long)seq), entries.Select(static entry => entry.Seq));
        Assert.All(_folder.GetDirectories(), folder =>
        {
            var report = Storage.Audit.Verifying.AuditVerification.VerifyServer(_database, folder.FullName, Signed, heads: null, Token);
            Assert.Equal((null, logs.Length * Each), (report.Finding, report.Runs));
        });
    }

    [Fact]
    public async Task OfOneRunToldByTwoTheFirstFinishStands()
    {
        var (one, other) = (Open(), Open());
        var run = Make.Run(RunStatus.Running);
        await one.SaveAsync(new RunRecord(run, null, "one"), Token);

        await Task.WhenAll(
            one.SaveAsync(new RunRecord(Make.Run(RunStatus.Completed, run.RunId), null, "one"), Token),
            other.SaveAsync(new RunRecord(Make.Run(RunStatus.Cancelled, run.RunId), null, "other"), Token));

        var ends = (await one.ListAuditAsync(new AuditFilter { SubjectKind = "run", SubjectId = run.RunId.ToString("D") }, Token)).Items;
        var stored = (await other.FindAsync(run.RunId, null, Token))!.Status;
        Assert.Equal(stored == RunStatus.Completed ? "run_completed" : "run_cancelled", Assert.Single(ends).Action);
    }

    [Fact]
    public async Task WhatAnInstanceLeavesIsMarkedWhenItsLeaseEndsOrItSaysThatItGoes()
    {
        var time = new FakeTimeProvider(Make.Noon);
        var lease = TimeSpan.FromMinutes(1);
        var (one, other) = (Open(time), Open(time));
        Assert.Equal((0, 0), (await one.SeeInstanceAsync("one", lease, Token), await other.SeeInstanceAsync("other", lease, Token)));
        var (killed, stopped) = (Make.Run(RunStatus.Running), Make.Run(RunStatus.Accepted));
        await one.SaveAsync(new RunRecord(killed, null, "one"), Token);
        time.Advance(TimeSpan.FromSeconds(59));
        Assert.Equal(0, await other.SeeInstanceAsync("other", lease, Token));

        time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(1, await other.SeeInstanceAsync("other", lease, Token));
        Assert.Equal((RunStatus.Failed, "interrupted"), await StatusAsync(killed.RunId));

        // It was only slow: it says so, and how its run really ended.
        Assert.Equal(0, await one.SeeInstanceAsync("one", lease, Token));
        await one.SaveAsync(new RunRecord(Make.Run(RunStatus.Completed, killed.RunId), null, "one"), Token);
        Assert.Equal((RunStatus.Completed, null), await StatusAsync(killed.RunId));

        await one.SaveAsync(new RunRecord(stopped, null, "one"), Token);
        await one.LeaveAsync("one", Token);
        Assert.Equal(1, await other.SeeInstanceAsync("other", lease, Token));
        Assert.Equal((RunStatus.Failed, "interrupted"), await StatusAsync(stopped.RunId));
        Assert.Null(await other.FindOwnerAsync(stopped.RunId, Token));

        async Task<(RunStatus, string?)> StatusAsync(Guid runId) => await other.FindAsync(runId, null, Token) is { } run ? (run.Status, run.StatusReason) : default;
    }

    [Fact]
    public async Task ALostConnectionFailsWhatWaitsAndTheNextWriteIsStored()
    {
        var log = Open();
        await log.SaveAsync(new RunRecord(Make.Run(), null, "here"), Token);
        TestPostgres.Run(_database, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()");

        await Assert.ThrowsAsync<RunLogUnavailableException>(() => log.SaveAsync(new RunRecord(Make.Run(), null, "here"), Token));
        await log.SaveAsync(new RunRecord(Make.Run(), null, "here"), Token);

        using var connection = Connect();
        Assert.Equal(2, connection.QuerySingle<long>("SELECT count(*) FROM runs"));
        Assert.Empty(await log.CheckAsync(Token));
        Assert.True(log.MeasureBytes() > 0);
    }

    [Fact]
    public async Task ADatabaseOfALaterVersionIsRefused()
    {
        await Open().SaveAsync(new RunRecord(Make.Run(), null, "here"), Token);
        TestPostgres.Run(_database, "INSERT INTO schema_versions (scriptname, applied) VALUES ('postgresql/9999_from_the_future.sql', '2030-01-01')");

        var refusal = await Assert.ThrowsAsync<RunLogUnavailableException>(() => Open().SaveAsync(new RunRecord(Make.Run(), null, "here"), Token));

        Assert.Contains("9999_from_the_future.sql", (refusal.InnerException ?? refusal).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("UPDATE audit_log SET detail = '{}'")]
    [InlineData("DELETE FROM audit_log")]
    [InlineData("TRUNCATE audit_log")]
    [InlineData("TRUNCATE retention_audit")]
    [InlineData("TRUNCATE retention_policies")]
    public async Task NothingRecordedIsTakenAway(string sql)
    {
        await Open().SaveAsync(new RunRecord(Make.Run(), null, "here"), Token);
        using var connection = Connect();
        Assert.Contains("append-only", Assert.ThrowsAny<DbException>(() => connection.Execute(sql)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Host=127.0.0.1")]
    [InlineData("Database=runs")]
    [InlineData("no connection string")]
    public void WhatIsNoConnectionStringIsRefused(string text) => Assert.Throws<ArgumentException>(() => new RunLogServer(text, NullLogger.Instance));

    [Fact]
    public void APasswordIsNeverShown()
    {
        using var server = new RunLogServer("Host=db;Database=runs;Username=u;Password=geheim", NullLogger.Instance);
        Assert.Equal("db:5432/runs", server.Place);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var log in _logs)
            await log.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    /// <summary>In a storage folder of its own, as each process has one: heads of two in one file would not be in order.</summary>
    private RunLog Open(TimeProvider? time = null)
    {
        var folder = _folder.CreateSubdirectory($"{_logs.Count}").FullName;
        var log = new RunLog(
            new RunLogServer(_database, NullLogger.Instance), folder, new RunLogOptions { Content = RunContent.Full }, time ?? TimeProvider.System, NullLogger.Instance,
            audit: Signed);
        _logs.Add(log);
        return log;
    }

    private NpgsqlConnection Connect()
    {
        var connection = new NpgsqlConnection(_database + ";Pooling=false");
        connection.Open();
        return connection;
    }
}

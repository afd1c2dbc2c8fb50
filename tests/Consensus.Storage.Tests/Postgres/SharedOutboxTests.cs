using Consensus.Storage.Postgres;
using Consensus.Storage.Runs;
using Consensus.Storage.Scoring;
using Consensus.Storage.Tests.Scoring;
using Consensus.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Consensus.Storage.Tests.Postgres;

/// <summary>Several processes bring the jobs of one log to the queue: here, logs of their own with one database.</summary>
[OnPostgres]
public sealed class SharedOutboxTests : IAsyncDisposable
{
    private const int Jobs = 60;
    private static readonly TimeSpan Period = TimeSpan.FromMinutes(1);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("consensus-shared-");
    private readonly string _database = TestPostgres.NewDatabase();
    private readonly List<RunLog> _logs = [];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task OfThoseThatClaimAtOnceEachGetsItsOwnAndNoneIsLeftOut()
    {
        var logs = Enumerable.Range(0, 4).Select(_ => Open()).ToArray();
        var due = await StoreAsync(logs[0]);

        var claims = await Task.WhenAll(logs.Select((log, i) => Task.Run(() => log.ClaimDueJobsAsync(due, $"replica-{i}", Period, most: Jobs, Token), Token)));

        Assert.Equal(due.Select(static job => job.Seq), claims.SelectMany(static claimed => claimed).Select(static job => job.Seq).Order());
    }

    [Fact]
    public async Task WhatAnotherHasLockedIsPassedOver()
    {
        var log = Open();
        var due = await StoreAsync(log);
        await using var other = new NpgsqlConnection(_database + ";Pooling=false");
        await other.OpenAsync(Token);
        await using var held = await other.BeginTransactionAsync(Token);
        await using var locking = new NpgsqlCommand("SELECT seq FROM judge_jobs ORDER BY seq LIMIT 10 FOR UPDATE", other, held);
        await locking.ExecuteNonQueryAsync(Token);

        Assert.Equal(due.Skip(10), await log.ClaimDueJobsAsync(due, "here", Period, most: Jobs, Token));

        await held.RollbackAsync(Token);
        Assert.Equal(due.Take(10), await log.ClaimDueJobsAsync(due, "here", Period, most: Jobs, Token));
    }

    [Fact]
    public async Task AClaimWaitsForNoWriter()
    {
        var log = Open();
        var due = await StoreAsync(log);
        await using var writer = new NpgsqlConnection(_database + ";Pooling=false");
        await writer.OpenAsync(Token);
        await using var held = await writer.BeginTransactionAsync(Token);
        await using var writing = new NpgsqlCommand("SELECT pg_advisory_xact_lock(1129074515, 1)", writer, held);
        await writing.ExecuteNonQueryAsync(Token);

        Assert.Equal(due, await log.ClaimDueJobsAsync(due, "here", Period, most: Jobs, Token));
        Assert.Equal(Jobs, await log.ReleaseDueJobsAsync(due, "here", Token));
        await held.RollbackAsync(Token);
    }

    [Fact]
    public async Task AFaultOfTheServerIsToldAsALogThatCannotBeWritten()
    {
        var log = Open();
        var due = await StoreAsync(log);
        TestPostgres.Run(_database, "ALTER TABLE judge_jobs RENAME COLUMN claimed_by TO elsewhere");
        await Assert.ThrowsAsync<RunLogUnavailableException>(() => log.ClaimDueJobsAsync(due, "here", Period, most: Jobs, Token));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var log in _logs)
            await log.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private static async Task<IReadOnlyList<DueJob>> StoreAsync(RunLog log)
    {
        await Task.WhenAll(Enumerable.Range(0, Jobs).Select(_ => log.SaveAsync(new RunRecord(JudgeRig.Judgeable(), null, "here", JudgeRig.NewJob()), Token)));
        return await log.ListDueJobsAsync(after: 0, most: Jobs, Token);
    }

    private RunLog Open()
    {
        var log = new RunLog(
            new RunLogServer(_database, NullLogger.Instance), _folder.FullName, new RunLogOptions { Content = RunContent.Full }, TimeProvider.System, NullLogger.Instance);
        _logs.Add(log);
        return log;
    }
}

using System.Data.Common;
using Consensus.Contracts.Retention;
using Consensus.Contracts.Runs;
using Consensus.Storage.Fitting;
using Consensus.Storage.Retention;
using Consensus.Storage.Runs;
using Consensus.Storage.Tests.Fitting;
using Consensus.Storage.Tests.Making;
using Dapper;
using static Consensus.Storage.Tests.Retention.RetentionRig;

namespace Consensus.Storage.Tests.Retention;

public class PurgeTests : IAsyncLifetime
{
    private readonly RetentionRig _rig = new(RetentionRig.Held);

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _rig.DisposeAsync();

    [Fact]
    public async Task RunsPastTheirDaysGoWithEverythingThatBelongsToThemAndNoOthers()
    {
        for (var i = 0; i < 7; i++)
            await _rig.StoreAsync(daysAgo: 31 + i, tag: "a", judged: true);
        var young = await _rig.StoreAsync(daysAgo: 29.9, judged: true);

        var purged = await _rig.PurgeRunsAsync(_rig.Policy(Days(30)));

        Assert.Equal((7L, 0L, 0L), (purged.ByAge, purged.ByRows, purged.Kept));
        Assert.NotNull(await _rig.File.FindAsync(young));
        foreach (var (table, left) in new[] { ("runs", 1), ("candidates", 3), ("judge_jobs", 1), ("scores", 2), ("run_tags", 0), ("run_models", 3), ("labels", 0) })
            Assert.True(left == _rig.Count(table), table);

        // A run has a tag, three models, three candidates, a job and two scores.
        Assert.Equal(7L * 10, purged.OwnedRows);
    }

    [Theory]
    [InlineData(RunStatus.Running)]
    [InlineData(RunStatus.Accepted)]
    public async Task AnUnfinishedRunIsNeverPurged(RunStatus status)
    {
        var unfinished = await _rig.StoreAsync(daysAgo: 400, status);
        await _rig.StoreAsync(daysAgo: 1);
        await _rig.PurgeAsync(_rig.Policy(new RetentionRule(RetainedTable.Runs, 1, 1)));
        Assert.NotNull(await _rig.File.FindAsync(unfinished));
    }

    [Fact]
    public async Task OfTooManyRunsTheOldestGo()
    {
        var runs = new List<Guid>();
        for (var i = 10; i > 0; i--)
            runs.Add(await _rig.StoreAsync(daysAgo: i));

        Assert.Equal((0L, 6L), await RowsAsync());

        foreach (var (run, i) in runs.Select((run, i) => (run, i)))
            Assert.Equal(i >= 6, await _rig.File.FindAsync(run) is not null);
        Assert.Equal((0L, 0L), await RowsAsync());

        async Task<(long, long)> RowsAsync() => await _rig.PurgeRunsAsync(_rig.Policy(Rows(4))) is var purged ? (purged.ByAge, purged.ByRows) : default;
    }

    [Fact]
    public async Task AHeldRunOutlivesItsDaysAndTheMostRowsWithItsScores()
    {
        var held = await _rig.StoreAsync(daysAgo: 100, tag: Held[0], judged: true);
        for (var i = 0; i < 4; i++)
            await _rig.StoreAsync(daysAgo: 90 - i, tag: "other", judged: true);

        var purged = (await _rig.PurgeAsync(_rig.Policy(Days(30), Days(30, RetainedTable.JudgeJobs)), batchRows: 1)).Tables;
        var again = await _rig.PurgeRunsAsync(_rig.Policy(Rows(1)));

        Assert.Equal([(RetainedTable.JudgeJobs, 4L, 1L), (RetainedTable.Runs, 4L, 1L)], purged.Take(2).Select(table => (table.Table, table.ByAge, table.Kept)));
        Assert.Equal(0, again.ByRows);
        Assert.NotNull(await _rig.File.FindAsync(held));
        Assert.Equal((1L, 1L, 2L), (_rig.Count("runs"), _rig.Count("judge_jobs"), _rig.Count("scores")));
    }

    [Fact]
    public async Task AHeldRunIsNotErasedByHandEither()
    {
        var held = await _rig.StoreAsync(daysAgo: 1, tag: Held[0]);
        var free = await _rig.StoreAsync(daysAgo: 1, tag: "other");
        Assert.Equal(Erasure.Held, await _rig.Log.DeleteAsync(held, _ => true, by: null, TestContext.Current.CancellationToken));
        Assert.Equal(Erasure.NotAllowed, await _rig.Log.DeleteAsync(held, _ => false, by: null, TestContext.Current.CancellationToken));
        Assert.Equal(Erasure.Erased, await _rig.Log.DeleteAsync(free, _ => true, by: null, TestContext.Current.CancellationToken));
        Assert.NotNull(await _rig.File.FindAsync(held));
    }

    [Fact]
    public async Task JudgeJobsGoBeforeTheirRunsAndThoseThatWaitStay()
    {
        await _rig.StoreAsync(daysAgo: 20, judged: true);
        await _rig.StoreAsync(daysAgo: 20, judged: false);
        await _rig.PurgeAsync(_rig.Policy(Days(10, RetainedTable.JudgeJobs)));
        Assert.Equal((2L, 1L, 0L), (_rig.Count("runs"), _rig.Count("judge_jobs"), _rig.Count("scores")));
    }

    [Fact]
    public async Task AFittedDocumentThatIsInForceOrThatAKeptRunNamesStays()
    {
        var states = Enumerable.Range(0, 3).Select(i => FittedWriter.State([FittedExamples.Panel()], Make.Noon.AddDays(-i))).ToArray();
        var at = _rig.Time.GetUtcNow();
        _rig.Time.AdjustTime(at.AddDays(-50));
        foreach (var state in states)
            await _rig.Log.PutFittedAsync(state, null, TestContext.Current.CancellationToken);
        _rig.Time.AdjustTime(at);
        await _rig.StoreAsync(daysAgo: 5, calibration: states[0].Version);

        await _rig.PurgeAsync(_rig.Policy(new RetentionRule(RetainedTable.FittedDocuments, 1, 1)));

        using var connection = _rig.File.Connect();
        Assert.Equal([states[0].Version, states[2].Version], connection.Query<string>("SELECT version FROM fitted_documents ORDER BY seq"));
    }

    [Fact]
    public async Task ADryRunErasesNothingAndCountsWhatAPurgeThenErases()
    {
        for (var i = 0; i < 8; i++)
            await _rig.StoreAsync(daysAgo: 5 * i, tag: i == 7 ? Held[0] : null, judged: true);
        var policy = _rig.Policy(new RetentionRule(RetainedTable.Runs, 20, 3), new RetentionRule(RetainedTable.JudgeJobs, 8, null));

        var dry = await _rig.PurgeAsync(policy, dryRun: true);
        Assert.Equal(8, _rig.Count("runs"));
        var wet = await _rig.PurgeAsync(policy);

        Assert.Equal(dry.Tables.Select(Counts), wet.Tables.Select(Counts));
        Assert.Equal((2L, 3L, 1L), wet.Tables.Single(table => table.Table == RetainedTable.Runs) is var runs ? (runs.ByAge, runs.ByRows, runs.Kept) : default);
        Assert.Equal(3, _rig.Count("runs"));

        static (RetainedTable, long, long, long) Counts(PurgedTable table) => (table.Table, table.ByAge, table.ByRows, table.Kept);
    }

    [Fact]
    public async Task EveryBatchStandsInTheAuditWithWhoAndWhyAndTheAuditTellsOfTheLastPurges()
    {
        for (var i = 0; i < 7; i++)
            await _rig.StoreAsync(daysAgo: 40 + i, tag: i == 0 ? Held[0] : null);
        var policy = _rig.Policy(Days(30));
        await _rig.Log.PurgeAsync(new PurgeOrder(policy, PurgeSource.Api, "ops", DryRun: true, 4), null, TestContext.Current.CancellationToken);
        await _rig.Log.PurgeAsync(new PurgeOrder(policy, PurgeSource.Api, "ops", DryRun: false, 4), null, TestContext.Current.CancellationToken);

        Assert.Equal(3, _rig.Count("retention_audit")); // one dry, two batches
        var last = await _rig.Log.ListPurgesAsync(10, TestContext.Current.CancellationToken);
        Assert.Equal([(false, 6L, 1L), (true, 6L, 1L)], last.Select(purge => (purge.DryRun, purge.Rows, purge.Kept)));
        Assert.All(last, purge => Assert.Equal(
            (PurgeSource.Api, "ops", RetainedTable.Runs, PurgeReason.Age, Make.Noon.AddDays(-30), RetentionPolicies.VersionOf(policy)),
            (purge.Source, purge.KeyId, purge.Table, purge.Reason, purge.CutOff!.Value, purge.PolicyVersion)));
        Assert.Equal(RetentionPolicies.VersionOf(policy), RetentionPolicies.VersionOf((await _rig.Log.FindPolicyAsync(TestContext.Current.CancellationToken))!));
    }

    [Theory]
    [InlineData("DELETE FROM retention_audit")]
    [InlineData("UPDATE retention_audit SET purged_rows = 0")]
    [InlineData("DELETE FROM retention_policies")]
    [InlineData("UPDATE retention_policies SET document = '{}'")]
    public async Task TheAuditTakesNoChange(string sql)
    {
        await _rig.StoreAsync(daysAgo: 9);
        await _rig.PurgeAsync(_rig.Policy(Days(1)));
        using var connection = _rig.File.Connect();
        var refused = Assert.ThrowsAny<DbException>(() => connection.Execute(sql));
        Assert.Contains("is append-only", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ABatchWhoseAuditCannotBeWrittenErasesNothing()
    {
        var run = await _rig.StoreAsync(daysAgo: 9);
        _rig.File.RefuseInserts("retention_audit");
        await Assert.ThrowsAnyAsync<Exception>(() => _rig.PurgeAsync(_rig.Policy(Days(1))));
        Assert.NotNull(await _rig.File.FindAsync(run));
    }

    [Fact]
    public async Task RunsAreStoredWhileAPurgeGoesOn()
    {
        for (var i = 0; i < 30; i++)
            await _rig.StoreAsync(daysAgo: 50);
        var between = 0;
        var token = TestContext.Current.CancellationToken;
        var order = new PurgeOrder(_rig.Policy(Days(30)), PurgeSource.Schedule, null, DryRun: false, BatchRows: 1);
        await _rig.Log.PurgeAsync(order, (_, _, _) =>
        {
            // Each batch waits for the next, so a write that comes now is done before it.
            _rig.Log.SaveAsync(new RunRecord(Make.Run(), null, TemporaryLog.Instance), token).GetAwaiter().GetResult();
            between++;
        }, token);
        Assert.Equal((30, 30L), (between, _rig.Count("runs")));
    }
}

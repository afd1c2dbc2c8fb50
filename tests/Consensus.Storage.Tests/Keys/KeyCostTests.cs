using Consensus.Contracts.Runs;
using Consensus.Storage.Runs;
using Consensus.Storage.Tests.Making;
using Consensus.Storage.Tests.Scoring;
using Dapper;

namespace Consensus.Storage.Tests.Keys;

public class KeyCostTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task CostsAddUpByKeyAndUtcDayToTheLastDigit()
    {
        await using var log = new TemporaryLog();
        await log.SaveAsync(Run(0.1m, Noon), "alice");
        await log.SaveAsync(Run(0.2m, Noon.AddHours(11)), "alice");
        await log.SaveAsync(Run(0.000000001m, Noon), "alice");
        await log.SaveAsync(Run(5m, Noon.AddHours(12)), "alice");
        await log.SaveAsync(Run(7m, Noon), "bob");
        await log.SaveAsync(Run(9m, Noon));
        Assert.Equal([0.300000001m, 5m, 7m, 0m], [await Cost(log, "alice", Noon), await Cost(log, "alice", Noon.AddDays(1)), await Cost(log, "bob", Noon), await Cost(log, "carol", Noon)]);
    }

    [Fact]
    public async Task ARunCountsWhenItEndsAndOnlyOnceHoweverOftenItIsTold()
    {
        await using var log = new TemporaryLog();
        var run = Run(1m, Noon);
        await log.SaveAsync(run with { Status = RunStatus.Running, Usage = null }, "alice");
        Assert.Equal(0, await Cost(log, "alice", Noon));
        await log.SaveAsync(run, "alice");
        await log.SaveAsync(run, "alice");
        Assert.Equal(1, await Cost(log, "alice", Noon));
    }

    [Fact]
    public async Task ARunThatWasTakenForInterruptedCountsWhenItsEndArrivesAfterAll()
    {
        await using var log = new TemporaryLog();
        var run = Run(1m, Noon);
        await log.SaveAsync(run with { Status = RunStatus.Running, Usage = null }, "alice");
        await log.Log.MarkInterruptedAsync(TemporaryLog.Instance, TestContext.Current.CancellationToken);
        Assert.Equal(0, await Cost(log, "alice", Noon));
        await log.SaveAsync(run, "alice");
        Assert.Equal(1, await Cost(log, "alice", Noon));
    }

    [Fact]
    public async Task ErasingARunDoesNotGiveItsCostBack()
    {
        await using var log = new TemporaryLog();
        var run = Run(1m, Noon);
        await log.SaveAsync(run, "alice");
        Assert.Equal(Erasure.Erased, await log.Log.DeleteAsync(run.RunId, _ => true, by: null, TestContext.Current.CancellationToken));
        Assert.Equal(1, await Cost(log, "alice", Noon));
    }

    [Fact]
    public async Task ARunWithoutAKnownCostIsCountedAndAddsNothing()
    {
        await using var log = new TemporaryLog();
        await log.SaveAsync(Run(null, Noon), "alice");
        await log.SaveAsync(Run(2m, Noon), "alice");
        using var connection = log.Connect();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT cost_usd || ' ' || runs || ' ' || unpriced_runs FROM key_costs";
        Assert.Equal("2 2 1", command.ExecuteScalar());
    }

    [Fact]
    public async Task WhatJudgesCostIsAddedOnceToTheKeyOfTheirRunOnTheDayOfTheirScores()
    {
        await using var rig = new JudgeRig();
        var job = await rig.StoreAsync(keyId: "alice");
        var nobodys = await rig.StoreAsync();
        var asked = rig.Time.GetUtcNow();
        var before = await Cost(rig.File, "alice", asked);
        rig.Time.Advance(TimeSpan.FromDays(1));
        var scores = new[] { JudgeRig.Scored(0), JudgeRig.Scored(1), JudgeRig.Unscored(0, criterion: "clear") };
        await rig.SubmitAsync(job, await rig.BeginAsync(job), scores);
        await rig.SubmitAsync(job, 1, scores);
        await rig.SubmitAsync(nobodys, await rig.BeginAsync(nobodys), scores);
        Assert.Equal((before, 0.5m), (await Cost(rig.File, "alice", asked), await Cost(rig.File, "alice", rig.Time.GetUtcNow())));
        using var connection = rig.File.Connect();
        var days = connection.Query<string>("SELECT day || ' ' || runs FROM key_costs ORDER BY day");
        Assert.Equal([$"{asked:yyyy-MM-dd} 1", $"{rig.Time.GetUtcNow():yyyy-MM-dd} 0"], days);
    }

    private static ConsensusResponse Run(decimal? cost, DateTimeOffset createdAt) =>
        Make.Run() with { Status = RunStatus.Completed, Kind = RunKind.Consensus, CreatedAt = createdAt, Usage = new UsageBody(1, 1, cost) };

    private static Task<decimal> Cost(TemporaryLog log, string key, DateTimeOffset time) => log.Log.FindKeyCostAsync(key, time, TestContext.Current.CancellationToken);
}

using Consensus.Contracts.Scoring;
using Consensus.Testing;
using StackExchange.Redis;

namespace Consensus.ApiService.Tests.Scoring.Dispatching;

public sealed class DispatcherTests
{
    public static TheoryData<string> Kinds => TestRedis.Kinds;

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task JobsAreSentInTheirOrderWithTheirTrace(string kind)
    {
        await using var rig = await DispatchRig.StartAsync(kind);
        Guid[] jobs = [await rig.AddJobAsync(), await rig.AddJobAsync(), await rig.AddJobAsync()];
        await rig.DispatchAsync();
        await Eventually.HoldsAsync(async () => await rig.Sender.CountWaitingAsync() == 3, "all are sent");
        Assert.Equal(jobs, await rig.WaitingAsync());
        Assert.StartsWith("00-0af7651916cd43dd", (await rig.TakeAsync("one", alive: true)).TraceParent, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task WhatRedisLostIsSentAgainAndWhatItHasIsNot(string kind)
    {
        await using var rig = await DispatchRig.StartAsync(kind);
        var (lost, kept) = (await rig.AddJobAsync(), await rig.AddJobAsync());
        await rig.DispatchAsync();
        await Eventually.HoldsAsync(async () => await rig.Sender.CountWaitingAsync() == 2, "both are sent");

        Assert.Equal(lost, (await rig.TakeAsync("one", alive: true)).JobId);
        await rig.Redis.KeyDeleteAsync([JudgeQueue.Marker(lost), JudgeQueue.Taken("one")]);
        await Eventually.HoldsAsync(async () => await rig.Sender.CountWaitingAsync() == 2, "the lost one is sent again");
        Assert.Equal([kept, lost], await rig.WaitingAsync());
    }

    [Fact]
    public async Task NoMoreWaitInRedisThanMayAndTheOthersFollow()
    {
        await using var rig = await DispatchRig.StartAsync(TestRedis.Garnet);
        List<Guid> jobs = [];
        for (var i = 0; i < 7; i++)
        {
            jobs.Add(await rig.AddJobAsync());
        }

        await rig.DispatchAsync(maxQueued: 3);
        List<Guid> taken = [];
        while (taken.Count < jobs.Count)
        {
            await Eventually.HoldsAsync(async () => await rig.Sender.CountWaitingAsync() == Math.Min(3, jobs.Count - taken.Count), "the queue is full again");
            taken.Add((await rig.TakeAsync("one", alive: true)).JobId);
        }

        Assert.Equal(jobs, taken);
    }

    [Fact]
    public async Task AJobThatWaitsForItsNextAttemptOrIsFinishedIsNotSent()
    {
        await using var rig = await DispatchRig.StartAsync(TestRedis.Garnet);
        await rig.EndAsync(await rig.AddJobAsync(), AttemptFailureReason.JudgesUnavailable);
        await rig.EndAsync(await rig.AddJobAsync(), AttemptFailureReason.NotJudgeable);
        await rig.EndAsync(await rig.AddJobAsync(), failure: null);
        var due = await rig.AddJobAsync();
        await rig.DispatchAsync();
        await Eventually.HoldsAsync(async () => await rig.Sender.CountWaitingAsync() > 0, "the due one is sent");
        Assert.Equal([due], await rig.WaitingAsync());
    }

    [Fact]
    public async Task WhatADeadWorkerHeldIsTakenAgain()
    {
        await using var rig = await DispatchRig.StartAsync(TestRedis.Garnet);
        var job = await rig.AddJobAsync();
        await rig.DispatchAsync();
        await Eventually.HoldsAsync(async () => await rig.Sender.CountWaitingAsync() == 1, "it is sent");
        await rig.TakeAsync("dead", alive: false);
        await Eventually.HoldsAsync(async () => await rig.Sender.CountWaitingAsync() == 1, "it waits again");
        Assert.Equal([job], await rig.WaitingAsync());
    }
}

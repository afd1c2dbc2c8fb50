using Consensus.Storage.Scoring;
using Consensus.Testing;
using StackExchange.Redis;

namespace Consensus.ApiService.Tests.Scoring.Dispatching;

public sealed class OutboxTests
{
    private const long Room = 1_000;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task OfTwoThatSendAtOnceNoneSendsWhatTheOtherDoes()
    {
        await using var rig = await DispatchRig.StartAsync(TestRedis.Garnet);
        var jobs = await AddAsync(rig, count: 40);

        var sent = await Task.WhenAll(
            rig.Outbox(instance: "one").SendDueAsync(Room, Token), rig.Outbox(instance: "other").SendDueAsync(Room, Token));

        Assert.Equal(jobs.Count, sent.Sum());
        Assert.Equal(jobs.Order(), (await rig.WaitingAsync()).Order());
        Assert.Equal(0, await rig.Outbox().SendDueAsync(Room, Token));
    }

    [Fact]
    public async Task WhatAnotherHasClaimedIsSentWhenTheClaimEnds()
    {
        await using var rig = await DispatchRig.StartAsync(TestRedis.Garnet);
        var jobs = await AddAsync(rig, count: 3);
        var due = await DueAsync(rig);
        await rig.Log.ClaimDueJobsAsync([due[0]], "killed", TimeSpan.FromSeconds(0.5), most: 1, Token);
        await rig.Log.ClaimDueJobsAsync([due[1]], "busy", TimeSpan.FromHours(1), most: 1, Token);
        await rig.DispatchAsync();

        await Eventually.HoldsAsync(async () => await rig.Sender.CountWaitingAsync() == 2, "what the killed one claimed is sent too");
        Assert.Equal(((Guid[])[jobs[0], jobs[2]]).Order(), (await rig.WaitingAsync()).Order());
    }

    [Fact]
    public async Task NoMoreAreClaimedThanThereIsRoomFor()
    {
        await using var rig = await DispatchRig.StartAsync(TestRedis.Garnet);
        var jobs = await AddAsync(rig, count: 5);

        Assert.Equal(2, await rig.Outbox().SendDueAsync(room: 2, Token));

        Assert.Equal(jobs.Take(2), await rig.WaitingAsync());
        Assert.Equal(jobs.Skip(2), (await DueAsync(rig)).Select(static job => job.JobId));
    }

    [Fact]
    public async Task WhenTheQueueTakesNothingTheClaimedJobsAreDueAtOnce()
    {
        await using var rig = await DispatchRig.StartAsync(TestRedis.RedisServer);
        var jobs = await AddAsync(rig, count: 3);
        await rig.Redis.ExecuteAsync("CONFIG", "SET", "maxmemory", "1");
        await Assert.ThrowsAnyAsync<RedisException>(() => rig.Outbox().SendDueAsync(Room, Token));
        Assert.Equal(jobs, (await DueAsync(rig)).Select(static job => job.JobId));

        await rig.Redis.ExecuteAsync("CONFIG", "SET", "maxmemory", "0");
        Assert.Equal(jobs.Count, await rig.Outbox(instance: "other").SendDueAsync(Room, Token));
    }

    private static async Task<List<Guid>> AddAsync(DispatchRig rig, int count)
    {
        List<Guid> jobs = [];
        for (var i = 0; i < count; i++)
        {
            jobs.Add(await rig.AddJobAsync());
        }

        return jobs;
    }

    private static Task<IReadOnlyList<DueJob>> DueAsync(DispatchRig rig) => rig.Log.ListDueJobsAsync(after: 0, most: 100, Token);
}

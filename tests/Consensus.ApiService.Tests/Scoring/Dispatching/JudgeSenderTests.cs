using Consensus.Contracts.Scoring;
using Consensus.Testing;
using StackExchange.Redis;

namespace Consensus.ApiService.Tests.Scoring.Dispatching;

public sealed class JudgeSenderTests
{
    private static readonly TimeSpan Expiry = TimeSpan.FromHours(1);

    public static TheoryData<string> Kinds => TestRedis.Kinds;

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task AJobIsOnTheListOnceHoweverOftenAndFromHoweverManySidesItIsSent(string kind)
    {
        await using var rig = await DispatchRig.StartAsync(kind);
        var job = new JudgeMessage(Guid.CreateVersion7(), null);
        var sent = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => rig.Sender.SendAsync(job, Expiry)));
        Assert.Single(sent, true);
        Assert.False(await rig.Sender.SendAsync(job, Expiry));
        Assert.Equal([job.JobId], await rig.WaitingAsync());
        Assert.NotNull(await rig.Redis.KeyTimeToLiveAsync(JudgeQueue.Marker(job.JobId)));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task WhatADeadWorkerHoldsIsNextInItsOldOrder(string kind)
    {
        await using var rig = await DispatchRig.StartAsync(kind);
        JudgeMessage[] jobs = [.. Enumerable.Range(0, 3).Select(_ => new JudgeMessage(Guid.CreateVersion7(), null))];
        foreach (var job in jobs)
        {
            await rig.Sender.SendAsync(job, Expiry);
        }

        await rig.TakeAsync("dead", alive: false);
        await rig.TakeAsync("dead", alive: false);
        Assert.Equal(2, await rig.Sender.DrainDeadAsync());
        Assert.Equal(jobs.Select(job => job.JobId), await rig.WaitingAsync());
        Assert.Empty(await rig.Redis.SetMembersAsync(JudgeQueue.Workers));
        Assert.Equal(0, await rig.Sender.DrainDeadAsync());
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task WhatALivingWorkerHoldsStaysWithIt(string kind)
    {
        await using var rig = await DispatchRig.StartAsync(kind);
        await rig.Sender.SendAsync(new JudgeMessage(Guid.CreateVersion7(), null), Expiry);
        await rig.TakeAsync("alive", alive: true);
        Assert.Equal(0, await rig.Sender.DrainDeadAsync());
        Assert.Equal(1, await rig.Redis.ListLengthAsync(JudgeQueue.Taken("alive")));
        Assert.Equal((RedisValue)"alive", Assert.Single(await rig.Redis.SetMembersAsync(JudgeQueue.Workers)));
    }

    [Fact]
    public async Task OnlyJobsWithoutAMarkerAreUnsent()
    {
        await using var rig = await DispatchRig.StartAsync(TestRedis.Garnet);
        JudgeMessage[] jobs = [.. Enumerable.Range(0, 4).Select(_ => new JudgeMessage(Guid.CreateVersion7(), null))];
        await rig.Sender.SendAsync(jobs[1], Expiry);
        Assert.Equal([jobs[0], jobs[2], jobs[3]], await rig.Sender.FindUnsentAsync(jobs));
    }
}

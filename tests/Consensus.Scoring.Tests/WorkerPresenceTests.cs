using Consensus.Contracts.Scoring;
using Consensus.Scoring.Tests.Support;
using Consensus.Scoring.Workers;
using Consensus.Testing;
using StackExchange.Redis;

namespace Consensus.Scoring.Tests;

public sealed class WorkerPresenceTests
{
    [Theory]
    [MemberData(nameof(TestRedis.Kinds), MemberType = typeof(TestRedis))]
    public async Task AWorkerIsInTheSetWithAHeartBeatThatEndsByItself(string kind)
    {
        using var redis = await TestRedis.StartAsync(kind);
        await using var client = await ConnectionMultiplexer.ConnectAsync(redis.ConnectionString);
        var database = client.GetDatabase();
        await using var worker = await StartAsync(redis.ConnectionString, "one");

        await Eventually.HoldsAsync(() => database.SetContainsAsync(JudgeQueue.Workers, "one"));
        Assert.NotNull(await database.KeyTimeToLiveAsync(JudgeQueue.HeartBeat("one")));

        await worker.StopAsync();
        Assert.False(await database.SetContainsAsync(JudgeQueue.Workers, "one"));
        Assert.False(await database.KeyExistsAsync(JudgeQueue.HeartBeat("one")));
    }

    [Fact]
    public async Task AWorkerKeepsBeating()
    {
        using var redis = await TestRedis.StartAsync(TestRedis.Garnet);
        await using var client = await ConnectionMultiplexer.ConnectAsync(redis.ConnectionString);
        var database = client.GetDatabase();
        await using var worker = await StartAsync(redis.ConnectionString, "one");
        await Eventually.HoldsAsync(() => database.KeyExistsAsync(JudgeQueue.HeartBeat("one")));

        await database.KeyDeleteAsync(JudgeQueue.HeartBeat("one"));
        await database.SetRemoveAsync(JudgeQueue.Workers, "one");

        await Eventually.HoldsAsync(async () =>
            await database.KeyExistsAsync(JudgeQueue.HeartBeat("one")) && await database.SetContainsAsync(JudgeQueue.Workers, "one"));
        await worker.StopAsync();
    }

    [Fact]
    public async Task AWorkerStartsWithoutRedisAndIsPresentWhenRedisComes()
    {
        var port = TestRedis.FreePort();
        await using var early = await StartAsync($"127.0.0.1:{port},password=known", "early");

        using var redis = await TestRedis.StartAsync(TestRedis.Garnet, port, "known");
        await using var client = await ConnectionMultiplexer.ConnectAsync(redis.ConnectionString);

        await Eventually.HoldsAsync(() => client.GetDatabase().SetContainsAsync(JudgeQueue.Workers, "early"));
        await early.StopAsync();
    }

    [Fact]
    public void TwoWorkersHaveTwoNames() => Assert.NotEqual(new WorkerOptions().Id, new WorkerOptions().Id);

    private static Task<RunningWorker> StartAsync(string connectionString, string id) => RunningWorker.StartAsync(connectionString, api: null, judge: null, id);
}

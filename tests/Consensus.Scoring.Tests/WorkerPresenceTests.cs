using Consensus.Scoring.Workers;
using Consensus.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
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
        using var worker = await StartAsync(redis.ConnectionString, "one");

        await Eventually.HoldsAsync(() => database.SetContainsAsync(WorkerKeys.All, "one"));
        Assert.NotNull(await database.KeyTimeToLiveAsync(WorkerKeys.HeartBeat("one")));

        await worker.StopAsync(TestContext.Current.CancellationToken);
        Assert.False(await database.SetContainsAsync(WorkerKeys.All, "one"));
        Assert.False(await database.KeyExistsAsync(WorkerKeys.HeartBeat("one")));
    }

    [Fact]
    public async Task AWorkerKeepsBeating()
    {
        using var redis = await TestRedis.StartAsync(TestRedis.Garnet);
        await using var client = await ConnectionMultiplexer.ConnectAsync(redis.ConnectionString);
        var database = client.GetDatabase();
        using var worker = await StartAsync(redis.ConnectionString, "one");
        await Eventually.HoldsAsync(() => database.KeyExistsAsync(WorkerKeys.HeartBeat("one")));

        await database.KeyDeleteAsync(WorkerKeys.HeartBeat("one"));
        await database.SetRemoveAsync(WorkerKeys.All, "one");

        await Eventually.HoldsAsync(async () =>
            await database.KeyExistsAsync(WorkerKeys.HeartBeat("one")) && await database.SetContainsAsync(WorkerKeys.All, "one"));
        await worker.StopAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task AWorkerStartsWithoutRedisAndIsPresentWhenRedisComes()
    {
        var port = TestRedis.FreePort();
        using var early = await StartAsync($"127.0.0.1:{port},password=known", "early");

        using var redis = await TestRedis.StartAsync(TestRedis.Garnet, port, "known");
        await using var client = await ConnectionMultiplexer.ConnectAsync(redis.ConnectionString);

        await Eventually.HoldsAsync(() => client.GetDatabase().SetContainsAsync(WorkerKeys.All, "early"));
        await early.StopAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public void TwoWorkersHaveTwoNames() => Assert.NotEqual(new WorkerOptions().Id, new WorkerOptions().Id);

    private static async Task<IHost> StartAsync(string connectionString, string id)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["ConnectionStrings:redis"] = connectionString,
            ["Worker:Id"] = id,
            ["Worker:HeartBeatSeconds"] = "0.2",
            ["Worker:MissedBeats"] = "50",
        });
        builder.AddServiceDefaults();
        builder.Logging.ClearProviders();
        builder.AddWorkerPresence();
        var host = builder.Build();
        await host.StartAsync(TestContext.Current.CancellationToken);
        return host;
    }
}

using Consensus.ApiService.Admission;
using Consensus.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using StackExchange.Redis;

namespace Consensus.ApiService.Tests.Admission;

/// <summary>Leases of two processes, one of which may die.</summary>
public sealed class RunLeasesTests
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 1, 31, 12, 0, 0, TimeSpan.Zero));

    [Theory]
    [MemberData(nameof(TestRedis.Kinds), MemberType = typeof(TestRedis))]
    public async Task WhatADeadProcessHeldIsFreeAfterAMinuteAndWhatALivingOneRenewsIsNot(string kind)
    {
        using var redis = await TestRedis.StartAsync(kind);
        await using var client = await ConnectionMultiplexer.ConnectAsync(redis.ConnectionString);
        using var living = Leases(client);
        using var dead = Leases(client);
        using var asking = Leases(client);
        await using var held = await living.TryEnterAsync("alice", 2);
        Assert.NotNull(await dead.TryEnterAsync("alice", 2));
        Assert.Null(await asking.TryEnterAsync("alice", 2));

        _time.Advance(TimeSpan.FromSeconds(40));
        await living.RenewAsync();
        _time.Advance(TimeSpan.FromSeconds(21));
        await using var freed = await asking.TryEnterAsync("alice", 2);
        Assert.NotNull(freed);
        Assert.Null(await asking.TryEnterAsync("alice", 2));
    }

    [Theory]
    [MemberData(nameof(TestRedis.Kinds), MemberType = typeof(TestRedis))]
    public async Task ARedisThatLostTheLeasesLearnsThemAgain(string kind)
    {
        using var redis = await TestRedis.StartAsync(kind);
        await using var client = await ConnectionMultiplexer.ConnectAsync(redis.ConnectionString);
        using var here = Leases(client);
        using var there = Leases(client);
        await using var held = await here.TryEnterAsync("alice", 1);
        var key = Assert.Single(Keys(client));
        Assert.DoesNotContain("alice", key, StringComparison.Ordinal);
        await client.GetDatabase().KeyDeleteAsync(key);
        await here.RenewAsync();
        Assert.Null(await there.TryEnterAsync("alice", 1));
        Assert.NotNull(await there.TryEnterAsync("bob", 1));
    }

    [Fact]
    public async Task WithoutRedisAProcessKeepsItsOwnCountAndAPlaceIsFreeWhenItIsGivenBack()
    {
        using var leases = Leases(null);
        var first = await leases.TryEnterAsync("alice", 2);
        Assert.NotNull(await leases.TryEnterAsync("alice", 2));
        Assert.Null(await leases.TryEnterAsync("alice", 2));
        Assert.NotNull(await leases.TryEnterAsync("bob", 2));
        await first!.DisposeAsync();
        await first.DisposeAsync();
        Assert.NotNull(await leases.TryEnterAsync("alice", 2));
        Assert.Null(await leases.TryEnterAsync("alice", 2));
    }

    private static string[] Keys(ConnectionMultiplexer client) => [.. client.GetServers().Single().Keys(pattern: "consensus:running:*").Select(key => key.ToString())];

    private RunLeases Leases(ConnectionMultiplexer? client)
    {
        var services = new ServiceCollection();
        if (client is not null)
        {
            services.AddSingleton<IConnectionMultiplexer>(client);
        }

        return new RunLeases(new SharedRedis(services.BuildServiceProvider(), Options.Create(new AdmissionOptions { RedisTimeout = Eventually.Patience }), _time, NullLogger<SharedRedis>.Instance), _time);
    }
}

using Consensus.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using StackExchange.Redis;

namespace Consensus.ServiceDefaults.Tests;

public sealed class RedisTests
{
    [Fact]
    public async Task WithoutAConnectionStringTheServiceIsDegradedAndAnswers()
    {
        await using var service = await TestService.StartAsync(builder => Assert.False(builder.AddOptionalRedis("redis")));

        Assert.Null(service.App.Services.GetService<IConnectionMultiplexer>());
        Assert.Equal("ConnectionStrings:redis is not configured", await DescriptionAsync(service, "degraded"));
    }

    [Fact]
    public async Task ARedisThatDoesNotAnswerDegradesAndItsReturnIsNoticed()
    {
        var port = TestRedis.FreePort();
        var first = await TestRedis.StartAsync(TestRedis.Garnet, port, "known");
        await using var service = await StartAsync(first.ConnectionString);
        Assert.Equal("healthy", await StatusAsync(service));

        first.Dispose();
        await Eventually.HoldsAsync(async () => await StatusAsync(service) == "degraded");

        using var second = await TestRedis.StartAsync(TestRedis.Garnet, port, "known");
        await Eventually.HoldsAsync(async () => await StatusAsync(service) == "healthy");
    }

    [Theory]
    [MemberData(nameof(TestRedis.Kinds), MemberType = typeof(TestRedis))]
    public async Task ARedisWithAPasswordIsHealthy(string kind)
    {
        using var redis = await TestRedis.StartAsync(kind);
        await using var service = await StartAsync(redis.ConnectionString);

        await Eventually.HoldsAsync(async () => await StatusAsync(service) == "healthy");
        var database = service.App.Services.GetRequiredService<IConnectionMultiplexer>().GetDatabase();
        await database.StringSetAsync("key", "value");
        Assert.Equal("value", await database.StringGetAsync("key"));
    }

    private static Task<TestService> StartAsync(string connectionString) =>
        TestService.StartAsync(builder => Assert.True(builder.AddOptionalRedis("redis")), settings: ("ConnectionStrings:redis", connectionString));

    private static async Task<string?> StatusAsync(TestService service)
    {
        var (status, body) = await service.ReadyAsync();
        Assert.Equal(200, status);
        return body.GetProperty("status").GetString();
    }

    private static async Task<string?> DescriptionAsync(TestService service, string expected)
    {
        var (status, body) = await service.ReadyAsync();
        Assert.Equal(200, status);
        Assert.Equal(expected, body.GetProperty("status").GetString());
        return body.GetProperty("checks")[0].GetProperty("description").GetString();
    }
}

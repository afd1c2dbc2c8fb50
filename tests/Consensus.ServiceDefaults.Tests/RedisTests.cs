using System.Diagnostics;
using Consensus.ServiceDefaults.Redis;
using Consensus.Tests.Shared;
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

    [Fact]
    public async Task ACommandInsideATraceBecomesASpanThatNamesNoKey()
    {
        using var redis = await TestRedis.StartAsync(TestRedis.Garnet);
        await using var service = await StartAsync(redis.ConnectionString);
        var spans = new System.Collections.Concurrent.ConcurrentQueue<Activity>();
        using var source = new ActivitySource("test");
        using var listener = new ActivityListener
        {
            ShouldListenTo = heard => heard.Name is "test" or RedisTracing.SourceName,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = spans.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);

        ActivityTraceId trace;
        using (var parent = source.StartActivity("parent"))
        {
            trace = parent!.TraceId;
            await service.App.Services.GetRequiredService<IConnectionMultiplexer>().GetDatabase().StringSetAsync("secret-key", "secret-value");
        }

        service.App.Services.GetRequiredService<RedisTracing>().Flush();
        var span = Assert.Single(spans, span => span.TraceId == trace && span.Source.Name == RedisTracing.SourceName);
        Assert.Equal("SET", span.DisplayName);
        Assert.Equal("redis", span.GetTagItem("db.system.name"));
        Assert.DoesNotContain(span.TagObjects, tag => tag.Value?.ToString()?.Contains("secret", StringComparison.Ordinal) == true);
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

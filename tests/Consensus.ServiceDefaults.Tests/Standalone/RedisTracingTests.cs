using System.Collections.Concurrent;
using System.Diagnostics;
using Consensus.ServiceDefaults.Redis;
using Consensus.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using StackExchange.Redis;

namespace Consensus.ServiceDefaults.Tests.Standalone;

public sealed class RedisTracingTests
{
    [Fact]
    public async Task ACommandInsideATraceBecomesASpanThatNamesNoKey()
    {
        using var redis = await TestRedis.StartAsync(TestRedis.Garnet);
        await using var service = await TestService.StartAsync(builder => builder.AddRedisClient("redis"), settings: ("ConnectionStrings:redis", redis.ConnectionString));
        var spans = new ConcurrentQueue<Activity>();
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

    [Fact]
    public async Task ACommandThatEndsAfterTheSpanAroundItIsKept()
    {
        using var redis = await TestRedis.StartAsync(TestRedis.Garnet);
        await using var service = await TestService.StartAsync(builder => builder.AddRedisClient("redis"), settings: ("ConnectionStrings:redis", redis.ConnectionString));
        await using var other = await ConnectionMultiplexer.ConnectAsync(redis.ConnectionString);
        var tracing = service.App.Services.GetRequiredService<RedisTracing>();
        var database = service.App.Services.GetRequiredService<IConnectionMultiplexer>().GetDatabase();
        var spans = new ConcurrentQueue<Activity>();
        using var source = new ActivitySource("late");
        using var listener = new ActivityListener
        {
            ShouldListenTo = heard => heard.Name is "late" or RedisTracing.SourceName,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = spans.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);

        ActivityTraceId trace;
        Task<RedisResult> waiting;
        using (var parent = source.StartActivity("parent"))
        {
            trace = parent!.TraceId;
            waiting = database.ExecuteAsync("BLPOP", "list", "0");
        }

        tracing.Flush();
        Assert.Equal(1, tracing.Held);
        await other.GetDatabase().ListLeftPushAsync("list", "job");
        await waiting;

        await Eventually.HoldsAsync(() =>
        {
            tracing.Flush();
            return spans.Any(span => span.TraceId == trace && span.Source.Name == RedisTracing.SourceName);
        });
        Assert.Equal(0, tracing.Held);
    }
}

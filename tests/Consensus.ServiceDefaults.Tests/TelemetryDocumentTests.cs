using Consensus.ServiceDefaults.Health;
using Consensus.ServiceDefaults.Redis;
using Consensus.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;

namespace Consensus.ServiceDefaults.Tests;

[Collection(nameof(AloneInProcess))]
public sealed class TelemetryDocumentTests
{
    [Theory]
    [InlineData(HealthMetrics.Name)]
    [InlineData(RedisMetrics.Name)]
    public Task ThePageListsExactlyTheInstrumentsWithTheirKindsUnitsAndLabels(string meter) => InstrumentPage.CheckAsync(meter, async observe =>
    {
        using var redis = await TestRedis.StartAsync(TestRedis.Garnet);
        await using var service = await TestService.StartAsync(
            builder => builder.AddOptionalRedis("redis"), settings: ("ConnectionStrings:redis", redis.ConnectionString));
        await PublishAsync(service);
        observe();
    });

    [Fact]
    public async Task ReadinessAndRedisAreScraped()
    {
        using var redis = await TestRedis.StartAsync(TestRedis.Garnet);
        await using var service = await TestService.StartAsync(
            builder => builder.AddOptionalRedis("redis"), settings: ("ConnectionStrings:redis", redis.ConnectionString));
        await SaysAsync(service, connected: "1", health: "2");

        redis.Dispose();
        await SaysAsync(service, connected: "0", health: "1");
    }

    [Fact]
    public async Task WithoutARedisThereIsNoMetricOfIt()
    {
        await using var service = await TestService.StartAsync(builder => builder.AddOptionalRedis("redis"));
        Assert.DoesNotContain("consensus_redis_connected", await ScrapeAsync(service), StringComparison.Ordinal);
    }

    /// <summary>A scrape is answered from the one before for a moment.</summary>
    private static Task SaysAsync(TestService service, string connected, string health) => Eventually.HoldsAsync(async () =>
    {
        await PublishAsync(service);
        var lines = (await ScrapeAsync(service)).Split('\n');
        return lines.Any(line => line.StartsWith("consensus_redis_connected{", StringComparison.Ordinal) && line.EndsWith($" {connected}", StringComparison.Ordinal))
            && lines.Any(line => line.StartsWith("consensus_dependency_health{", StringComparison.Ordinal)
                && line.Contains("dependency=\"redis\"", StringComparison.Ordinal) && line.EndsWith($" {health}", StringComparison.Ordinal));
    });

    /// <summary>What the host does every half minute.</summary>
    private static async Task PublishAsync(TestService service)
    {
        var report = await service.App.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync(TestContext.Current.CancellationToken);
        foreach (var publisher in service.App.Services.GetServices<IHealthCheckPublisher>())
        {
            await publisher.PublishAsync(report, TestContext.Current.CancellationToken);
        }
    }

    private static Task<string> ScrapeAsync(TestService service) => service.Client.GetStringAsync(new Uri("/metrics", UriKind.Relative), TestContext.Current.CancellationToken);
}

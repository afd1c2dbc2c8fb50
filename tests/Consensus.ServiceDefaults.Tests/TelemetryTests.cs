using System.Diagnostics.Metrics;
using Microsoft.AspNetCore.Builder;

namespace Consensus.ServiceDefaults.Tests;

public sealed class TelemetryTests
{
    [Fact]
    public async Task MetricsOfOurMetersAndOfTheRuntimeAreScraped()
    {
        await using var service = await TestService.StartAsync();
        using var meter = new Meter("Consensus.Test");
        meter.CreateCounter<long>("consensus.test.things").Add(3);

        var metrics = await service.Client.GetStringAsync(new Uri("/metrics", UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.Contains("consensus_test_things", metrics, StringComparison.Ordinal);
        Assert.Contains("dotnet_", metrics, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ProbesAreNotCountedAsRequests()
    {
        await using var service = await TestService.StartAsync(map: app => app.MapGet("/real", () => "yes"));
        await service.ReadyAsync();
        await service.Client.GetStringAsync(new Uri("/real", UriKind.Relative), TestContext.Current.CancellationToken);

        var metrics = await service.Client.GetStringAsync(new Uri("/metrics", UriKind.Relative), TestContext.Current.CancellationToken);

        var durations = metrics.Split('\n').Where(line => line.StartsWith("http_server_request_duration", StringComparison.Ordinal)).ToArray();
        Assert.Contains(durations, line => line.Contains("http_route=\"/real\"", StringComparison.Ordinal));
        Assert.DoesNotContain(durations, line => line.Contains("http_route=\"/ready\"", StringComparison.Ordinal));
    }
}

using System.Diagnostics.Metrics;
using System.Globalization;
using Consensus.ServiceDefaults.Telemetry;
using Microsoft.AspNetCore.Builder;

namespace Consensus.ServiceDefaults.Tests;

[Collection(nameof(AloneInProcess))]
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

    [Fact]
    public async Task AServiceSaysWhatItIsUnlessTheEnvironmentSaysSo()
    {
        await using var plain = await TestService.StartAsync();
        await using var named = await TestService.StartAsync(settings: [("OTEL_SERVICE_NAME", "api"), ("OTEL_RESOURCE_ATTRIBUTES", "service.instance.id=api-7,service.version=1.2.3")]);

        var own = await InfoAsync(plain);
        Assert.Contains("service_namespace=\"consensus\"", own, StringComparison.Ordinal);
        Assert.Contains($"service_name=\"{plain.App.Environment.ApplicationName}\"", own, StringComparison.Ordinal);
        Assert.Matches("service_version=\"[0-9]+\\.[0-9]+", own);
        Assert.Matches("service_instance_id=\"[0-9a-f-]{36}\"", own);
        Assert.Contains("deployment_environment_name=\"production\"", own, StringComparison.Ordinal);
        var given = await InfoAsync(named);
        Assert.All(["service_name=\"api\"", "service_instance_id=\"api-7\"", "service_version=\"1.2.3\""], part => Assert.Contains(part, given, StringComparison.Ordinal));

        static async Task<string> InfoAsync(TestService service) =>
            (await service.Client.GetStringAsync(new Uri("/metrics", UriKind.Relative), TestContext.Current.CancellationToken))
                .Split('\n').Single(line => line.StartsWith("target_info{", StringComparison.Ordinal));
    }

    [Fact]
    public async Task LabelValuesWithoutEndAreCountedTogetherBeyondTheBound()
    {
        await using var service = await TestService.StartAsync();
        using var meter = new Meter("Consensus.Test.Hostile");
        var things = meter.CreateCounter<long>("consensus.test.hostile");
        for (var i = 0; i < SeriesBounds.Own + 500; i++)
        {
            things.Add(1, new KeyValuePair<string, object?>("label", i));
        }

        var metrics = await service.Client.GetStringAsync(new Uri("/metrics", UriKind.Relative), TestContext.Current.CancellationToken);

        var series = metrics.Split('\n').Where(line => line.StartsWith("consensus_test_hostile", StringComparison.Ordinal)).ToArray();
        Assert.InRange(series.Length, SeriesBounds.Own - 1, SeriesBounds.Own + 1);
        var together = Assert.Single(series, line => line.Contains("otel_metric_overflow=\"true\"", StringComparison.Ordinal));
        Assert.Equal(SeriesBounds.Own + 500, series.Sum(line => long.Parse(line.Split(' ')[1], CultureInfo.InvariantCulture)));
        Assert.NotEqual("0", together.Split(' ')[1]);
    }

    [Fact]
    public async Task BucketsOfAnInstrumentStayItsOwn()
    {
        await using var service = await TestService.StartAsync();
        using var meter = new Meter("Consensus.Test.Buckets");
        meter.CreateHistogram("consensus.test.buckets", "s", null, tags: null, new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.08, 40.96] }).Record(1);

        var metrics = await service.Client.GetStringAsync(new Uri("/metrics", UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.Contains("le=\"40.96\"", metrics, StringComparison.Ordinal);
        Assert.Equal(3, metrics.Split('\n').Count(line => line.StartsWith("consensus_test_buckets_seconds_bucket", StringComparison.Ordinal)));
    }
}

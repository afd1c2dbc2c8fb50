using Consensus.Contracts.Scoring;
using Consensus.Scoring.Judging;
using Consensus.Scoring.Telemetry;
using Consensus.Scoring.Tests.Support;
using Consensus.Testing;

namespace Consensus.Scoring.Tests;

/// <summary>What the dashboard and the alerts ask of the worker is what Prometheus gets from it.</summary>
public sealed class RealScrapeTests
{
    [Fact]
    public async Task EveryMetricThatIsAskedForIsScrapedWithItsLabels()
    {
        await using var worker = ScoringHost.Build(["--urls=http://127.0.0.1:0", "--OTEL_SERVICE_NAME=scoring"]);
        await worker.StartAsync(TestContext.Current.CancellationToken);
        ScoringMetrics.Ended(JobEnd.Done);
        ScoringMetrics.Judged(TimeSpan.FromSeconds(1), [Scores.Without(UnscoredReason.Timeout)]);
        ScoringMetrics.Begin().Dispose();

        using var client = new HttpClient { BaseAddress = new Uri(worker.Urls.First()) };
        var scrape = await Scrape.OfAsync(client);

        var own = InstrumentPage.Cells(ScoringTelemetry.Name).Select(cells => cells[1].Replace('.', '_')).ToArray();
        var asked = MonitoringFiles.Expressions().SelectMany(e => MonitoringFiles.Asked(e.Expression))
            .Where(metric => Array.Exists(own, name => metric.Name.StartsWith(name, StringComparison.Ordinal))).ToArray();
        Assert.True(asked.Length >= own.Length, $"{asked.Length} metrics of the worker are asked for.");
        Assert.All(asked, metric => Assert.Contains(
            scrape.Of(metric.Name), series => metric.Labels.All(label => series.Labels.ContainsKey(label.Label))));
        Assert.Equal("scoring", Assert.Single(scrape.Of("target_info")).Labels["service_name"]);
        await worker.StopAsync(TestContext.Current.CancellationToken);
    }
}

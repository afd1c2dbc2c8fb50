using System.Diagnostics.Metrics;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;

namespace Consensus.ServiceDefaults.Health;

/// <summary>What the checks of <c>/ready</c> say, as a metric: they run by themselves now and then, whether somebody asks or not.</summary>
internal sealed class HealthMetrics : IHealthCheckPublisher
{
    /// <summary>The name of the meter.</summary>
    public const string Name = "Consensus.Health";

    private volatile HealthReport? _last;

    public HealthMetrics(IMeterFactory meters) => meters.Create(Name).CreateObservableGauge(
        "consensus.dependency.health", Observe, unit: null, "0 unhealthy, 1 degraded, 2 healthy.");

    public Task PublishAsync(HealthReport report, CancellationToken cancellationToken)
    {
        _last = report;
        return Task.CompletedTask;
    }

    private IEnumerable<Measurement<int>> Observe() => (_last?.Entries ?? new Dictionary<string, HealthReportEntry>())
        .Where(entry => entry.Value.Tags.Contains(HealthTags.Ready))
        .Select(entry => new Measurement<int>(
            (int)entry.Value.Status,
            new KeyValuePair<string, object?>("dependency", entry.Key),
            new KeyValuePair<string, object?>("critical", entry.Value.Tags.Contains(HealthTags.Critical) ? "true" : "false")));
}

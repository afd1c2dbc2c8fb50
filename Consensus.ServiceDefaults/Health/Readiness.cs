using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;

namespace Consensus.ServiceDefaults.Health;

/// <summary>The body of <c>/ready</c>.</summary>
/// <param name="Status"><c>healthy</c>, <c>degraded</c> or <c>unhealthy</c>.</param>
/// <param name="Draining">Whether the service is stopping and takes no new work.</param>
/// <param name="Checks">One entry for each dependency.</param>
internal sealed record Readiness(string Status, bool Draining, IReadOnlyList<DependencyState> Checks)
{
    private const string Healthy = "healthy";
    private const string Degraded = "degraded";
    private const string Unhealthy = "unhealthy";

    [JsonIgnore]
    public int StatusCode => Status == Unhealthy ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status200OK;

    public static Readiness From(HealthReport report, bool draining)
    {
        var checks = report.Entries.Select(Describe).OrderBy(check => check.Name, StringComparer.Ordinal).ToArray();
        var status = draining || checks.Any(check => check is { Critical: true, Status: Unhealthy }) ? Unhealthy
            : checks.Any(check => check.Status != Healthy) ? Degraded
            : Healthy;
        return new Readiness(status, draining, checks);
    }

    private static DependencyState Describe(KeyValuePair<string, HealthReportEntry> entry) => new(
        entry.Key,
        entry.Value.Status switch
        {
            HealthStatus.Healthy => Healthy,
            HealthStatus.Degraded => Degraded,
            _ => Unhealthy,
        },
        Math.Round(entry.Value.Duration.TotalMilliseconds, 1),
        entry.Value.Tags.Contains(HealthTags.Critical),
        DescriptionOf(entry.Value));

    // The message of an exception may name hosts or paths; everybody may read this body, so only its type is told.
    private static string? DescriptionOf(HealthReportEntry entry) =>
        entry.Exception is { } error && (entry.Description is null || entry.Description == error.Message) ? error.GetType().Name : entry.Description;
}

/// <summary>What <c>/ready</c> tells about one dependency.</summary>
/// <param name="Name">The dependency.</param>
/// <param name="Status"><c>healthy</c>, <c>degraded</c> or <c>unhealthy</c>.</param>
/// <param name="LatencyMs">How long the check took, in milliseconds.</param>
/// <param name="Critical">Whether the service cannot do its work without it.</param>
/// <param name="Description">What is wrong, in a few words.</param>
internal sealed record DependencyState(string Name, string Status, double LatencyMs, bool Critical, string? Description);

/// <summary>The body of <c>/health</c>: the process answers.</summary>
internal sealed record AliveAnswer(string Status)
{
    public static readonly AliveAnswer Value = new("healthy");
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Readiness))]
[JsonSerializable(typeof(AliveAnswer))]
internal sealed partial class ReadinessJson : JsonSerializerContext;

using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Consensus.Scoring.Telemetry;

/// <summary>The names of everything this service measures; <c>docs/telemetry.md</c> lists them, and a test keeps the two alike.</summary>
internal static class ScoringTelemetry
{
    /// <summary>The name of the meter and of the activity source.</summary>
    public const string Name = "Consensus.Scoring";

    /// <summary>The span around one job, a child of its run's.</summary>
    public const string JobSpan = "consensus.job";

    public static readonly ActivitySource Source = new(Name);

    public static readonly Meter Meter = new(Name);
}

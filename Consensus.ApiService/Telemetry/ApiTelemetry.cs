using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Consensus.ApiService.Telemetry;

/// <summary>The names of everything this service measures; <c>docs/telemetry.md</c> lists them, and a test keeps the two alike.</summary>
internal static class ApiTelemetry
{
    /// <summary>The name of the meter and of the activity source.</summary>
    public const string Name = "Consensus.Api";

    /// <summary>The span around one run.</summary>
    public const string RunSpan = "consensus.run";

    /// <summary>The span around one step of a strategy that asks models more than once.</summary>
    public const string StepSpan = "consensus.step";

    /// <summary>The span around storing a run.</summary>
    public const string StoreSpan = "consensus.store";

    public static readonly ActivitySource Source = new(Name);

    public static readonly Meter Meter = new(Name);
}

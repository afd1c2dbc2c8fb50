using System.Diagnostics.Metrics;

namespace Consensus.ApiService.Telemetry;

/// <summary>What limits refused. Whose request it was stands in no label.</summary>
internal static class AdmissionMetrics
{
    private static readonly Counter<long> Refusals = ApiTelemetry.Meter.CreateCounter<long>(
        "consensus.admission.refused", "{request}", "Requests refused by a limit.");

    private static readonly Counter<long> Bypasses = ApiTelemetry.Meter.CreateCounter<long>(
        "consensus.admission.redis_bypassed", "{request}", "Counts that were kept in this process since Redis did not answer.");

    private static readonly string[] Limits = ["address", "key", "concurrency", "budget", "calls"];

    /// <summary>Begins to count what seldom happens: a counter that is not there yet tells no alert that it has gone up.</summary>
    public static void Begin()
    {
        foreach (var limit in Limits)
        {
            Refusals.Add(0, new KeyValuePair<string, object?>("limit", limit));
        }
    }

    /// <param name="limit"><c>address</c>, <c>key</c>, <c>concurrency</c>, <c>budget</c> or <c>calls</c>.</param>
    public static void Refused(string limit) => Refusals.Add(1, new KeyValuePair<string, object?>("limit", limit));

    public static void Bypassed() => Bypasses.Add(1);
}

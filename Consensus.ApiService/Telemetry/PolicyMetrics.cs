using System.Diagnostics.Metrics;
using Consensus.ApiService.Documents;
using Consensus.Contracts.Json;
using Consensus.Contracts.Policies;
using Consensus.Storage.Documents.Versioned;

namespace Consensus.ApiService.Telemetry;

/// <summary>Counts what the gates of the policy decide, and what became of policies that somebody brought.</summary>
internal static class PolicyMetrics
{
    private static readonly Counter<long> Gates = ApiTelemetry.Meter.CreateCounter<long>(
        "consensus.policy.gates", "{decision}", "Decisions of the policy's gates, by gate, mode and result.");

    private static readonly Counter<long> Loads = ApiTelemetry.Meter.CreateCounter<long>(
        "consensus.policy.loads", "{policy}", "Policies that were brought, by what became of them.");

    /// <summary>Begins to count what seldom happens: a counter that is not there yet tells no alert that it has gone up.</summary>
    public static void Begin() => Record(DocumentSource.File, DocumentResult.Refused, 0);

    /// <summary>A gate has decided. A name of a rule is the operator's own and may be of any number: it is no label.</summary>
    public static void Record(GateName gate, GateMode mode, bool isFound) => Gates.Add(
        1, new("gate", WireName.Of(gate)), new("mode", WireName.Of(mode)), new("result", isFound ? "found" : "passed"));

    /// <param name="source">A word of <see cref="DocumentSource"/>.</param>
    /// <param name="result">What became of it.</param>
    public static void Record(string source, DocumentResult result) => Record(source, result, 1);

    private static void Record(string source, DocumentResult result, int count) => Loads.Add(count, new("source", source), new("result", WireName.Of(result)));
}

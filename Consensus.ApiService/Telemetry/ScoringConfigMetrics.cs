using System.Diagnostics.Metrics;
using Consensus.ApiService.Documents;

namespace Consensus.ApiService.Telemetry;

/// <summary>Counts what became of scoring configurations.</summary>
internal static class ScoringConfigMetrics
{
    private static readonly Counter<long> Loads = ApiTelemetry.Meter.CreateCounter<long>(
        "consensus.scoring.config.loads", "{configuration}", "Scoring configurations that were brought, by what became of them.");

    /// <param name="source">A word of <see cref="Storage.Documents.Versioned.DocumentSource"/>.</param>
    /// <param name="result">What became of it.</param>
    public static void Record(string source, DocumentResult result) =>
        Loads.Add(1, new KeyValuePair<string, object?>("source", source), new KeyValuePair<string, object?>("result", Contracts.Json.WireName.Of(result)));
}

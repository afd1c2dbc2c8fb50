using System.Diagnostics.Metrics;
using Consensus.ApiService.Documents;
using Consensus.Contracts.Json;
using Consensus.Storage.Documents.Versioned;

namespace Consensus.ApiService.Telemetry;

/// <summary>Counts what became of scoring configurations.</summary>
internal static class ScoringConfigMetrics
{
    private static readonly Counter<long> Loads = ApiTelemetry.Meter.CreateCounter<long>(
        "consensus.scoring.config.loads", "{configuration}", "Scoring configurations that were brought, by what became of them.");

    /// <param name="source">A word of <see cref="DocumentSource"/>.</param>
    /// <param name="result">What became of it.</param>
    public static void Record(string source, DocumentResult result) => Record(source, result, 1);

    /// <summary>Begins to count what seldom happens: a counter that is not there yet tells no alert that it has gone up.</summary>
    public static void Begin() => Record(DocumentSource.File, DocumentResult.Refused, 0);

    private static void Record(string source, DocumentResult result, int count) => Loads.Add(count, new("source", source), new("result", WireName.Of(result)));
}

using System.Diagnostics.Metrics;

namespace Consensus.ApiService.Telemetry;

/// <summary>What became of a scoring configuration that somebody brought.</summary>
internal enum ScoringConfigResult
{
    /// <summary>It came in force.</summary>
    InForce,

    /// <summary>It was in force already.</summary>
    Unchanged,

    /// <summary>It is wrong, or cannot be read.</summary>
    Refused,

    /// <summary>Another was in force than it was to replace.</summary>
    Overtaken,

    /// <summary>It could not be stored.</summary>
    NotStored,
}

/// <summary>Counts what became of scoring configurations.</summary>
internal static class ScoringConfigMetrics
{
    private static readonly Counter<long> Loads = ApiTelemetry.Meter.CreateCounter<long>(
        "consensus.scoring.config.loads", "{configuration}", "Scoring configurations that were brought, by what became of them.");

    /// <param name="source">A word of <see cref="Storage.Scoring.Configuration.ScoringConfigSource"/>.</param>
    /// <param name="result">What became of it.</param>
    public static void Record(string source, ScoringConfigResult result) =>
        Loads.Add(1, new KeyValuePair<string, object?>("source", source), new KeyValuePair<string, object?>("result", Contracts.Json.WireName.Of(result)));
}

using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Consensus.ApiService.Evidence.Embedding;
using Consensus.Contracts.Json;
using Consensus.Contracts.Runs;

namespace Consensus.ApiService.Telemetry;

/// <summary>How far passages have vectors, and how often a search had to do without.</summary>
internal static class EmbeddingMetrics
{
    private static readonly ConcurrentDictionary<PassageEmbedding, bool> Watched = new();

    private static readonly Counter<long> Passages = ApiTelemetry.Meter.CreateCounter<long>(
        "consensus.evidence.embedding.passages", "{passage}", "Passages that were embedded, or that the provider would not embed.");

    private static readonly Counter<long> Failures = ApiTelemetry.Meter.CreateCounter<long>(
        "consensus.evidence.embedding.failures", "{call}", "Calls to embed passages that failed, by why.");

    private static readonly Counter<long> Queries = ApiTelemetry.Meter.CreateCounter<long>(
        "consensus.evidence.embedding.queries", "{search}", "Searches whose queries were to become vectors, by why they did not.");

    static EmbeddingMetrics() => ApiTelemetry.Meter.CreateObservableGauge(
        "consensus.evidence.embedding.waiting", static () => Watched.Keys.Select(static embedding => new Measurement<long>(embedding.Waiting)), "{passage}",
        "Passages that have no vectors of the configured model yet.");

    /// <summary>From now on it is looked at whenever somebody asks how many passages wait.</summary>
    public static void Watch(PassageEmbedding embedding)
    {
        Passages.Add(0, Result("refused"));
        Failures.Add(0, new KeyValuePair<string, object?>("reason", WireName.Of(FailureReason.Unavailable)));
        Watched[embedding] = true;
    }

    /// <summary>It is not any more.</summary>
    public static void Leave(PassageEmbedding embedding) => Watched.TryRemove(embedding, out _);

    /// <summary>Passages have vectors.</summary>
    public static void Embedded(int passages) => Passages.Add(passages, Result("embedded"));

    /// <summary>The provider would not embed a passage.</summary>
    public static void Refused() => Passages.Add(1, Result("refused"));

    /// <summary>A call failed, and is made again later.</summary>
    public static void Failed(FailureReason reason) => Failures.Add(1, new KeyValuePair<string, object?>("reason", WireName.Of(reason)));

    /// <summary>A search has its vectors, or has not and why.</summary>
    public static void Queried(string? failure) => Queries.Add(1, new KeyValuePair<string, object?>("reason", failure ?? "none"));

    private static KeyValuePair<string, object?> Result(string result) => new("result", result);
}

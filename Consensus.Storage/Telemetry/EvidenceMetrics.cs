using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using Consensus.Storage.Evidence;

namespace Consensus.Storage.Telemetry;

/// <summary>How the evidence store does: how long searches take, what it holds, how large its file is.</summary>
internal static class EvidenceMetrics
{
    private static readonly ConcurrentDictionary<EvidenceStore, bool> Watched = new();

    private static readonly Histogram<double> Searches = StorageMetrics.Meter.CreateHistogram(
        "consensus.evidence.search.duration", "s", "One search for passages.", advice: StorageMetrics.Buckets(StorageMetrics.Seconds));

    static EvidenceMetrics()
    {
        Gauge("consensus.evidence.documents", "{document}", "Documents of all collections.", static store => store.Holding.Documents);
        Gauge("consensus.evidence.passages", "{passage}", "Passages of all collections.", static store => store.Holding.Passages);
        Gauge("consensus.evidence.size", "By", "The evidence store's file, with what waits to be moved into it, or its tables with their indexes.", static store => store.MeasureBytes());
    }

    /// <summary>Passages were searched for, or could not be.</summary>
    /// <param name="began">When, as <see cref="Stopwatch.GetTimestamp"/> has it.</param>
    /// <param name="isStored">Whether in a collection, or in the documents of a request.</param>
    /// <param name="isDone">Whether the search came to its end.</param>
    public static void Searched(long began, bool isStored, bool isDone) =>
        Searches.Record(Stopwatch.GetElapsedTime(began).TotalSeconds, StorageMetrics.Result(isDone), new("source", isStored ? "collection" : "request"));

    /// <summary>From now on the store is measured whenever somebody looks.</summary>
    public static void Watch(EvidenceStore store) => Watched[store] = true;

    /// <summary>It is not any more.</summary>
    public static void Leave(EvidenceStore store) => Watched.TryRemove(store, out _);

    private static void Gauge(string name, string unit, string description, Func<EvidenceStore, long> measure) =>
        StorageMetrics.Meter.CreateObservableGauge(name, () => Watched.Keys.Select(store => new Measurement<long>(measure(store))), unit, description);
}

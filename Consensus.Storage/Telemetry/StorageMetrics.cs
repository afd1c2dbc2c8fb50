using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Consensus.Storage.Runs;

namespace Consensus.Storage.Telemetry;

/// <summary>How the run log does: how long commits and reads take, how much waits to be written, how large the file is and what room is left.</summary>
internal static class StorageMetrics
{
    /// <summary>The name of the meter.</summary>
    public const string Name = "Consensus.Storage";

    internal static readonly Meter Meter = new(Name);
    private static readonly ConcurrentDictionary<RunLog, bool> Watched = new();
    internal static readonly double[] Seconds = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];

    private static readonly Histogram<double> Commit = Meter.CreateHistogram(
        "consensus.run_log.commit.duration", "s", "One commit of the run log, with everything that it holds.", advice: Buckets(Seconds));

    private static readonly Histogram<long> Writes = Meter.CreateHistogram(
        "consensus.run_log.commit.writes", "{write}", "Writes that shared one commit.",
        advice: new InstrumentAdvice<long> { HistogramBucketBoundaries = [1, 2, 4, 8, 16, 32, 64, 128, 256] });

    private static readonly Histogram<double> Reads = Meter.CreateHistogram(
        "consensus.run_log.read.duration", "s", "One look-up in the run log.", advice: Buckets(Seconds));

    private static readonly UpDownCounter<long> Pending = Meter.CreateUpDownCounter<long>(
        "consensus.run_log.writes.pending", "{write}", "Writes that somebody waits for.");

    private static readonly Counter<long> Audits = Meter.CreateCounter<long>(
        "consensus.audit.entries", "{entry}", "Entries appended to the audit trail.");

    private static readonly Counter<long> HeadsKept = Meter.CreateCounter<long>(
        "consensus.audit.heads", "{head}", "Signed heads of the audit trail that were to be kept outside the database.");

    static StorageMetrics()
    {
        Meter.CreateObservableGauge("consensus.run_log.size", () => Of(static log => log.MeasureBytes()), "By", "The run log's file with its write-ahead log.");
        Meter.CreateObservableGauge(
            "consensus.run_log.disk.free", () => Of(static log => log.MeasureFreeDisk()), "By", "The room that is left where the run log lies.");
    }

    /// <summary>A batch was committed, or could not be.</summary>
    public static void Committed(TimeSpan took, int writes, bool isDurable)
    {
        Commit.Record(took.TotalSeconds, Result(isDurable));
        Writes.Record(writes);
    }

    /// <summary>Something was looked up, or could not be.</summary>
    public static void Read(TimeSpan took, bool isRead) => Reads.Record(took.TotalSeconds, Result(isRead));

    /// <summary>An entry was appended to the audit trail.</summary>
    public static void Audited(string action) => Audits.Add(1, new KeyValuePair<string, object?>("action", action));

    /// <summary>A head of the audit trail was kept, or could not be.</summary>
    public static void HeadKept(bool isKept) => HeadsKept.Add(1, Result(isKept));

    /// <summary>Somebody waits for a write, or (-1) does not any more.</summary>
    public static void Waits(int change) => Pending.Add(change);

    /// <summary>From now on the file is measured whenever somebody looks.</summary>
    public static void Watch(RunLog log) => Watched[log] = true;

    /// <summary>It is not any more.</summary>
    public static void Leave(RunLog log) => Watched.TryRemove(log, out _);

    private static IEnumerable<Measurement<long>> Of(Func<RunLog, long?> measure)
    {
        foreach (var log in Watched.Keys)
        {
            if (measure(log) is { } bytes)
                yield return new Measurement<long>(bytes);
        }
    }

    internal static KeyValuePair<string, object?> Result(bool isDone) => new("result", isDone ? "completed" : "failed");

    internal static InstrumentAdvice<double> Buckets(double[] bounds) => new() { HistogramBucketBoundaries = bounds };
}

using System.Diagnostics.Metrics;

namespace Consensus.ApiService.Telemetry;

/// <summary>Runs that move into the archive by schedule, and what it holds. Gauges show what the last attempt saw.</summary>
internal static class ArchiveMetrics
{
    private static readonly Counter<long> Attempts = ApiTelemetry.Meter.CreateCounter<long>(
        "consensus.archive.attempts", "{attempt}", "Times that it was looked for runs to archive.");

    private static readonly Counter<long> Moved = ApiTelemetry.Meter.CreateCounter<long>("consensus.archive.moved", "{run}", "Runs that moved into the archive.");

    private static readonly Gauge<long> Runs = ApiTelemetry.Meter.CreateGauge<long>("consensus.archive.runs", "{run}", "Runs in the archive.");

    private static readonly Gauge<long> Bytes = ApiTelemetry.Meter.CreateGauge<long>("consensus.archive.size", "By", "Bytes of the archive's files.");

    /// <summary>Begins to count what seldom happens.</summary>
    public static void Begin() => Attempts.Add(0, Attempt.Failed);

    /// <summary>All that was due has moved.</summary>
    public static void Completed(long moved, (long Runs, long Bytes) archive)
    {
        Attempts.Add(1, Attempt.Completed);
        Moved.Add(moved);
        Runs.Record(archive.Runs);
        Bytes.Record(archive.Bytes);
    }

    /// <summary>Not all that was due could be moved.</summary>
    public static void Failed() => Attempts.Add(1, Attempt.Failed);
}

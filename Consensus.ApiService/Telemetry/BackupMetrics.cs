using System.Diagnostics.Metrics;

namespace Consensus.ApiService.Telemetry;

/// <summary>Backups, and how old the last good one is.</summary>
internal static class BackupMetrics
{
    private static readonly Counter<long> Attempts = ApiTelemetry.Meter.CreateCounter<long>(
        "consensus.backup.attempts", "{backup}", "Backups that ended, by schedule or asked for.");

    private static readonly Gauge<double> Last = ApiTelemetry.Meter.CreateGauge<double>(
        "consensus.backup.last", "s", "When the last complete backup was begun, in seconds since 1970-01-01.");

    private static readonly Gauge<long> Bytes = ApiTelemetry.Meter.CreateGauge<long>("consensus.backup.size", "By", "Bytes of the last backup that this process made.");

    /// <summary>Begins to count what seldom happens.</summary>
    public static void Begin() => Attempts.Add(0, Attempt.Failed);

    /// <summary>A complete backup is there, from whenever.</summary>
    public static void Stands(DateTimeOffset begun) => Last.Record((begun - DateTimeOffset.UnixEpoch).TotalSeconds);

    /// <summary>One is complete.</summary>
    public static void Completed(DateTimeOffset begun, long bytes)
    {
        Attempts.Add(1, Attempt.Completed);
        Bytes.Record(bytes);
        Stands(begun);
    }

    /// <summary>One could not be made.</summary>
    public static void Failed() => Attempts.Add(1, Attempt.Failed);
}

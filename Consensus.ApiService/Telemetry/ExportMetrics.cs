using System.Diagnostics.Metrics;
using Consensus.Contracts.LongTerm;

namespace Consensus.ApiService.Telemetry;

/// <summary>What leaves the log by schedule.</summary>
internal static class ExportMetrics
{
    private static readonly Counter<long> Attempts = ApiTelemetry.Meter.CreateCounter<long>(
        "consensus.export.attempts", "{export}", "Exports by schedule that ended, also those that found no run.");

    private static readonly Counter<long> Runs = ApiTelemetry.Meter.CreateCounter<long>("consensus.export.runs", "{run}", "Runs that left by schedule.");

    private static readonly Counter<long> Bytes = ApiTelemetry.Meter.CreateCounter<long>("consensus.export.written", "By", "Bytes of the files that were written for them.");

    private static readonly Gauge<double> Last = ApiTelemetry.Meter.CreateGauge<double>(
        "consensus.export.last", "s", "When it was last looked for runs to export and all went well, in seconds since 1970-01-01.");

    /// <summary>Begins to count what seldom happens.</summary>
    public static void Begin() => Attempts.Add(0, Attempt.Failed);

    /// <summary>An export is complete, or there was nothing to export.</summary>
    public static void Completed(ExportManifest? manifest, DateTimeOffset now)
    {
        Attempts.Add(1, Attempt.Completed);
        Last.Record((now - DateTimeOffset.UnixEpoch).TotalSeconds);
        if (manifest is not null)
        {
            Runs.Add(manifest.Rows["runs"]);
            Bytes.Add(manifest.Files.Sum(static file => file.Bytes));
        }
    }

    /// <summary>One could not be made.</summary>
    public static void Failed() => Attempts.Add(1, Attempt.Failed);
}

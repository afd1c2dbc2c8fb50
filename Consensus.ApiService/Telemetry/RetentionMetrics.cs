using System.Diagnostics.Metrics;
using Consensus.Contracts.Json;
using Consensus.Contracts.Retention;
using Consensus.Storage.Retention;

namespace Consensus.ApiService.Telemetry;

/// <summary>What is purged, and what would be. Gauges show what the last look saw: before each purge by the schedule, after each purge, and whenever it is asked.</summary>
internal static class RetentionMetrics
{
    private static readonly Counter<long> Rows = ApiTelemetry.Meter.CreateCounter<long>(
        "consensus.retention.rows", "{row}", "Rows purged, without those that belonged to them.");

    private static readonly Counter<long> Purges = ApiTelemetry.Meter.CreateCounter<long>(
        "consensus.retention.purges", "{purge}", "Purges that ended, dry runs not counted.");

    private static readonly Gauge<double> LastPurge = ApiTelemetry.Meter.CreateGauge<double>(
        "consensus.retention.last_purge", "s", "When the last purge was completed, in seconds since 1970-01-01.");

    private static readonly Gauge<long> Due = ApiTelemetry.Meter.CreateGauge<long>(
        "consensus.retention.due", "{row}", "Rows that a purge would erase now.");

    private static readonly Gauge<long> Kept = ApiTelemetry.Meter.CreateGauge<long>(
        "consensus.retention.kept", "{row}", "Rows that are too old and kept all the same, as by a legal hold.");

    private static readonly Gauge<long> FreeBytes = ApiTelemetry.Meter.CreateGauge<long>(
        "consensus.run_log.free", "By", "The part of the run log's file that holds nothing.");

    /// <summary>Begins to count what seldom happens: a counter that is not there yet tells no alert that it has gone up.</summary>
    public static void Begin()
    {
        foreach (var source in Enum.GetValues<PurgeSource>())
        {
            Purges.Add(0, Label("source", WireName.Of(source)), Attempt.Failed);
        }
    }

    /// <summary>A batch was erased.</summary>
    public static void Purged(RetainedTable table, PurgeReason reason, long rows) => Rows.Add(rows, Table(table), Label("reason", WireName.Of(reason)));

    /// <summary>A purge has ended.</summary>
    public static void Ended(PurgeSource source, bool completed, DateTimeOffset now)
    {
        Purges.Add(1, Label("source", WireName.Of(source)), completed ? Attempt.Completed : Attempt.Failed);
        if (completed)
        {
            LastPurge.Record((now - DateTimeOffset.UnixEpoch).TotalSeconds);
        }
    }

    /// <summary>How the run log stands.</summary>
    public static void Stands(RetentionSurvey survey)
    {
        foreach (var table in survey.Tables)
        {
            Due.Record(table.DueByAge + table.DueByRows, Table(table.Table));
            Kept.Record(table.Kept, Table(table.Table));
        }

        FreeBytes.Record(survey.FreeBytes);
    }

    private static KeyValuePair<string, object?> Table(RetainedTable table) => Label("table", WireName.Of(table));

    private static KeyValuePair<string, object?> Label(string name, string value) => new(name, value);
}

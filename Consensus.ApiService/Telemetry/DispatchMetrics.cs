using System.Diagnostics.Metrics;
using Consensus.Contracts.Json;
using Consensus.Contracts.Scoring;
using Consensus.Storage.Scoring;

namespace Consensus.ApiService.Telemetry;

/// <summary>How the queue of judge jobs stands. Gauges show what the last round of the dispatcher saw.</summary>
internal static class DispatchMetrics
{
    private static readonly Counter<long> SentJobs = ApiTelemetry.Meter.CreateCounter<long>(
        "consensus.scoring.queue.sent", "{job}", "Jobs sent through Redis, those sent again included.");

    private static readonly Counter<long> DrainedJobs = ApiTelemetry.Meter.CreateCounter<long>(
        "consensus.scoring.queue.drained", "{job}", "Jobs taken back from workers that are gone.");

    private static readonly Histogram<long> Attempts = ApiTelemetry.Meter.CreateHistogram<long>(
        "consensus.scoring.attempts", "{attempt}", "Attempts of a job that ended.", advice: new InstrumentAdvice<long> { HistogramBucketBoundaries = [1, 2, 3, 5, 10, 20] });

    private static readonly Gauge<long> Waiting = ApiTelemetry.Meter.CreateGauge<long>(
        "consensus.scoring.queue.depth", "{job}", "Jobs in Redis that no worker has taken.");

    private static readonly Gauge<long> Pending = ApiTelemetry.Meter.CreateGauge<long>(
        "consensus.scoring.pending", "{job}", "Jobs that are not finished, in Redis or not.");

    private static readonly Gauge<long> Dead = ApiTelemetry.Meter.CreateGauge<long>(
        "consensus.scoring.dead_letters", "{job}", "Jobs that were given up.");

    private static readonly Gauge<double> Age = ApiTelemetry.Meter.CreateGauge<double>(
        "consensus.scoring.oldest_age", "s", "Since when the oldest job that is not finished waits; 0 without any.");

    public static void Sent(int sent, long waiting)
    {
        SentJobs.Add(sent);
        Waiting.Record(waiting);
    }

    /// <summary>A job has ended with its attempt of this number.</summary>
    public static void Ended(JudgeJobState state, int attempt) => Attempts.Record(attempt, new KeyValuePair<string, object?>("state", WireName.Of(state)));

    public static void Drained(int drained) => DrainedJobs.Add(drained);

    public static void Stands(JudgeJobCounts count, DateTimeOffset now)
    {
        Pending.Record(count.Pending);
        Dead.Record(count.Dead);
        Age.Record(count.OldestPending is { } since ? Math.Max(0, (now - since).TotalSeconds) : 0);
    }
}

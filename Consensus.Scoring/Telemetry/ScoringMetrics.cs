using System.Diagnostics;
using System.Diagnostics.Metrics;
using Consensus.Contracts.Json;
using Consensus.Contracts.Scoring;
using Consensus.Scoring.Judging;

namespace Consensus.Scoring.Telemetry;

/// <summary>Counts and times judging. Every label value comes from a closed list.</summary>
internal static class ScoringMetrics
{
    private static readonly double[] Seconds = [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, 30, 60, 120, 300, 600, 1800, 3600];

    private static readonly Counter<long> Jobs = ScoringTelemetry.Meter.CreateCounter<long>("consensus.scoring.jobs", "{job}", "Jobs that a worker had taken, by what became of them.");

    private static readonly Histogram<double> Duration = ScoringTelemetry.Meter.CreateHistogram(
        "consensus.scoring.job.duration", "s", "From the begin of an attempt to its scores.", advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = Seconds });

    private static readonly Counter<long> Grades = ScoringTelemetry.Meter.CreateCounter<long>("consensus.scoring.grades", "{grade}", "Grades asked for, by method and why there is none.");

    private static readonly UpDownCounter<long> Active = ScoringTelemetry.Meter.CreateUpDownCounter<long>("consensus.scoring.jobs.active", "{job}", "Jobs being judged now.");

    public static void Ended(JobEnd end) => Jobs.Add(1, new KeyValuePair<string, object?>("end", WordOf(end)));

    public static void Judged(TimeSpan took, IReadOnlyList<Score> scores)
    {
        Duration.Record(took.TotalSeconds);
        foreach (var group in scores.GroupBy(score => (score.Method, score.Unscored)))
        {
            Grades.Add(group.Count(), new TagList
            {
                { "method", WireName.Of(group.Key.Method) },
                { "unscored", group.Key.Unscored is { } reason ? WireName.Of(reason) : "none" },
            });
        }
    }

    /// <summary>Counts a job as going on until the result is disposed.</summary>
    public static ActiveJob Begin()
    {
        Active.Add(1);
        return default;
    }

    public static string WordOf(JobEnd end) => end switch
    {
        JobEnd.Done => "done",
        JobEnd.Failed => "failed",
        JobEnd.Dropped => "dropped",
        _ => "returned",
    };

    /// <summary>A job that is going on.</summary>
    internal readonly struct ActiveJob : IDisposable
    {
        public void Dispose() => Active.Add(-1);
    }
}

using System.Diagnostics;
using System.Diagnostics.Metrics;
using Consensus.Contracts.Json;
using Consensus.Contracts.Runs;

namespace Consensus.ApiService.Telemetry;

/// <summary>Counts and times runs. Every label value comes from a closed list; no text of a caller or a model gets here.</summary>
internal static class RunMetrics
{
    private static readonly double[] Seconds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, 30, 60, 120, 300, 600];
    private static readonly double[] ShortSeconds = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5];
    private static readonly double[] Shares = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99, 1];

    private static readonly Counter<long> Runs = ApiTelemetry.Meter.CreateCounter<long>(
        "consensus.runs", "{run}", "Runs that ended.");

    private static readonly Histogram<double> Duration = ApiTelemetry.Meter.CreateHistogram(
        "consensus.run.duration", "s", "From the first call to the stored verdict.", advice: Buckets(Seconds));

    private static readonly Histogram<double> Overhead = ApiTelemetry.Meter.CreateHistogram(
        "consensus.run.overhead", "s", "The run's time minus the wait for needed calls, storing included: what this system added.", advice: Buckets(ShortSeconds));

    private static readonly Histogram<double> Agreement = ApiTelemetry.Meter.CreateHistogram(
        "consensus.run.agreement", "1", "The leading cluster's share of all asked.", advice: Buckets(Shares));

    private static readonly Histogram<double> Confidence = ApiTelemetry.Meter.CreateHistogram(
        "consensus.run.confidence", "1", "The raw confidence of the answer.", advice: Buckets(Shares));

    private static readonly Counter<long> Candidates = ApiTelemetry.Meter.CreateCounter<long>(
        "consensus.run.candidates", "{candidate}", "Candidates by what became of them.");

    private static readonly Counter<long> Tokens = ApiTelemetry.Meter.CreateCounter<long>(
        "consensus.run.tokens", "{token}", "Tokens of all calls, where providers say.");

    private static readonly Counter<double> Cost = ApiTelemetry.Meter.CreateCounter<double>(
        "consensus.run.cost", "USD", "Cost of all calls, where prices are configured.");

    private static readonly Counter<long> Steps = ApiTelemetry.Meter.CreateCounter<long>(
        "consensus.steps", "{step}", "Steps of strategies that ask models more than once, by what became of them.");

    private static readonly Counter<long> EarlyStops = ApiTelemetry.Meter.CreateCounter<long>(
        "consensus.run.early_stops", "{run}", "Runs that ended before every model had answered.");

    private static readonly Counter<long> Unstored = ApiTelemetry.Meter.CreateCounter<long>(
        "consensus.runs.unstored", "{run}", "Runs that ended and could not be stored.");

    private static readonly Counter<long> Interrupted = ApiTelemetry.Meter.CreateCounter<long>(
        "consensus.runs.interrupted", "{run}", "Runs that an earlier process left unfinished, found at start.");

    /// <summary>Records a run that has ended, whatever its status, with its candidates.</summary>
    /// <param name="run">The run.</param>
    /// <param name="storing">How long it took to store; its own timings cannot hold that.</param>
    public static void Record(ConsensusResponse run, TimeSpan storing)
    {
        var kind = Label("kind", WireName.Of(run.Kind));
        var strategy = Label("strategy", run.Strategy);
        var outcome = Label("outcome", run.Outcome is { } o ? WireName.Of(o) : "none");
        Runs.Add(1, new TagList { kind, strategy, outcome, Label("status", WireName.Of(run.Status)), Label("reason", run.StatusReason ?? "none") });
        RecordTimes(run.Timings, storing.TotalMilliseconds, kind, strategy, outcome);
        if (run.Agreement is { } agreement)
        {
            Agreement.Record(agreement, kind, strategy);
        }

        if (run.Confidence?.Raw is { } confidence)
        {
            Confidence.Record(confidence, kind, strategy);
        }

        RecordUsage(run.Usage, strategy);
        if (run.Calls?.StoppedEarly == true)
        {
            EarlyStops.Add(1, strategy);
        }

        foreach (var step in run.Steps ?? [])
        {
            Steps.Add(1, strategy, Label("step", step.Name), Label("status", WireName.Of(step.Status)), Label("reason", step.Reason is { } why ? WireName.Of(why) : "none"));
        }

        foreach (var group in (run.Candidates ?? []).GroupBy(c => (c.Status, c.Error?.Reason)))
        {
            Candidates.Add(group.Count(), kind, Label("status", WireName.Of(group.Key.Status)), Label("reason", group.Key.Reason is { } r ? WireName.Of(r) : "none"));
        }
    }

    /// <summary>A run has ended and could not be stored, whether its caller was told so or answered all the same.</summary>
    public static void NotStored() => Unstored.Add(1);

    /// <summary>Begins to count what seldom happens: a counter that is not there yet tells no alert that it has gone up.</summary>
    public static void Begin() => Unstored.Add(0);

    /// <summary>At start so many runs were found that an earlier process had begun.</summary>
    public static void FoundInterrupted(int runs) => Interrupted.Add(runs);

    private static void RecordTimes(TimingsBody? timings, double storingMs, params ReadOnlySpan<KeyValuePair<string, object?>> labels)
    {
        if (timings is null)
        {
            return;
        }

        Duration.Record((timings.TotalMs + storingMs) / 1000, labels);
        if (timings.OverheadMs is { } overhead)
        {
            Overhead.Record((overhead + storingMs) / 1000, labels[..2]);
        }
    }

    private static void RecordUsage(UsageBody? usage, KeyValuePair<string, object?> strategy)
    {
        if (usage?.InputTokens is { } input)
        {
            Tokens.Add(input, strategy, Label("direction", "input"));
        }

        if (usage?.OutputTokens is { } output)
        {
            Tokens.Add(output, strategy, Label("direction", "output"));
        }

        if (usage?.CostUsd is { } cost)
        {
            Cost.Add((double)cost, strategy);
        }
    }

    private static KeyValuePair<string, object?> Label(string name, string value) => new(name, value);

    private static InstrumentAdvice<double> Buckets(double[] bounds) => new() { HistogramBucketBoundaries = bounds };
}

using System.Diagnostics.Metrics;
using Consensus.Contracts.Evidence;
using Consensus.Contracts.Json;

namespace Consensus.ApiService.Telemetry;

/// <summary>What came of evidence mode: answers and why there was none, and what passages say of their claims.</summary>
internal static class EvidenceMetrics
{
    private static readonly Counter<long> Answers = ApiTelemetry.Meter.CreateCounter<long>(
        "consensus.evidence.answers", "{answer}", "Answers held against passages, by why there is none to rely on.");

    private static readonly Counter<long> Claims = ApiTelemetry.Meter.CreateCounter<long>(
        "consensus.evidence.claims", "{claim}", "Checkable claims, by label.");

    private static readonly Counter<long> JudgeFailures = ApiTelemetry.Meter.CreateCounter<long>(
        "consensus.evidence.judge_failures", "{claim}", "Claims that the judge was to label and gave no usable label for.");

    private static readonly Counter<long> Unstored = ApiTelemetry.Meter.CreateCounter<long>(
        "consensus.evidence.unstored", "{record}", "Evidence records that were answered and could not be stored.");

    private static readonly Histogram<double> Hallucination = ApiTelemetry.Meter.CreateHistogram(
        "consensus.evidence.hallucination_rate", "1", "The share of an answer's checkable claims that are not supported.",
        advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.8, 1] });

    /// <summary>Begins to count what seldom happens: a counter that is not there yet tells no alert that it has gone up.</summary>
    public static void Begin()
    {
        Unstored.Add(0);
        JudgeFailures.Add(0);
    }

    /// <summary>An answer was held against passages, or there was nothing to hold it against.</summary>
    public static void Concluded(EvidenceRecord record)
    {
        var matching = new KeyValuePair<string, object?>("matching", WireName.Of(record.Method.Matching));
        Answers.Add(1, new KeyValuePair<string, object?>("reason", record.AbstainReason is { } reason ? WireName.Of(reason) : "none"));
        foreach (var (label, count) in record.Claims.Where(static claim => claim.Label is not null).CountBy(static claim => claim.Label!.Value))
        {
            Claims.Add(count, new("label", WireName.Of(label)), matching);
        }

        if (record.Figures?.HallucinationRate is { } rate)
        {
            Hallucination.Record(rate, matching);
        }

        JudgeFailures.Add(record.Method.JudgeFailures);
    }

    /// <summary>A record could not be stored.</summary>
    public static void NotStored() => Unstored.Add(1);
}

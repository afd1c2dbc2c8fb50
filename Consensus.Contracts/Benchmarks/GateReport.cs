using System.Text.Json.Serialization;
using Consensus.Contracts.Json;

namespace Consensus.Contracts.Benchmarks;

/// <summary>What <c>consensus gate</c> found.</summary>
/// <param name="Outcome">The worst of the suites.</param>
/// <param name="Suites">One entry a suite.</param>
public sealed record GateReport(GateVerdict Outcome, IReadOnlyList<GateSuiteReport> Suites);

/// <summary>What it found on one suite.</summary>
/// <param name="Suite">The suite's name.</param>
/// <param name="Outcome">The worst of the metrics.</param>
/// <param name="Items">The questions that both have.</param>
/// <param name="Changed">Whether the suite's data is another than the baseline's.</param>
/// <param name="Metrics">One entry a metric.</param>
public sealed record GateSuiteReport(string Suite, GateVerdict Outcome, int Items, bool Changed, IReadOnlyList<GateMetricReport> Metrics);

/// <summary>What it found by one metric.</summary>
/// <param name="Metric">Its name.</param>
/// <param name="Outcome">What follows from the interval.</param>
/// <param name="Baseline">The baseline's figure; <c>null</c> where it is not defined.</param>
/// <param name="Candidate">The candidate's.</param>
/// <param name="Gain">By how much the candidate is better; <c>null</c> where that is not defined.</param>
/// <param name="Margin">By how much it may be worse.</param>
/// <param name="Lost">Accuracy alone: the questions on which the candidate is less right.</param>
/// <param name="Won">Accuracy alone: on which it is more right.</param>
/// <param name="P">Accuracy alone: McNemar's exact p-value.</param>
/// <param name="Why">The outcome's reason in words.</param>
public sealed record GateMetricReport(
    string Metric, GateVerdict Outcome, double? Baseline, double? Candidate, MeasuredShare? Gain, double Margin, int? Lost, int? Won, double? P, string Why);

/// <summary>What a gate says.</summary>
[JsonConverter(typeof(SnakeCaseEnum<GateVerdict>))]
public enum GateVerdict
{
    /// <summary>The metric is not defined on these questions; it decides nothing.</summary>
    NotMeasured,

    /// <summary>Shown to be no worse than the margin allows.</summary>
    Pass,

    /// <summary>Neither shown.</summary>
    Inconclusive,

    /// <summary>Shown to be worse than the margin allows.</summary>
    Fail,
}

using Consensus.Cli.Display;
using Consensus.Contracts.Benchmarks;

namespace Consensus.Cli.Reporting;

/// <summary>The figures of a run in words and numbers, the same in every form of the report.</summary>
internal static class Figures
{
    /// <summary>The columns of the table over all runs.</summary>
    public static IReadOnlyList<string> Columns { get; } =
        ["suite", "questions", "strategy", "accuracy", "95 % interval", "best single", "ceiling", "AUROC", "ECE", "Brier", "calls"];

    /// <summary>A run's row in it.</summary>
    public static IReadOnlyList<string> Row(BenchmarkResult run) =>
    [
        SafeText.Line(run.Suite), $"{run.Items}", SafeText.Line(run.Strategy),
        Three(run.Accuracy.Value), $"{Three(run.Accuracy.Low)}–{Three(run.Accuracy.High)}",
        Three(run.BestSingle.Accuracy), Three(run.Ceiling), Three(run.Auroc), Three(run.Ece.EqualMass), Three(run.Brier),
        $"{run.Calls.Mean:0.00} of {run.Calls.Of:0.##}",
    ];

    /// <summary>Everything else about a run: a name, and what is so called.</summary>
    public static IEnumerable<(string Name, string Value)> Details(BenchmarkResult run)
    {
        yield return ("accuracy", $"{Three(run.Accuracy.Value)}, 95 % interval {Three(run.Accuracy.Low)} to {Three(run.Accuracy.High)}");
        yield return ("best single model", $"{SafeText.Line(run.BestSingle.Model)}, {Three(run.BestSingle.Accuracy)} (chosen on these questions)");
        yield return ("mean single model", Three(run.MeanSingle));
        yield return ("ceiling", $"{Three(run.Ceiling)} of the questions have a right answer among those given");
        yield return ("ranking by confidence", $"AUROC {Three(run.Auroc)}; area under risk–coverage {Three(run.RiskCoverage.Area)}");
        yield return ("calibration", $"ECE {Three(run.Ece.EqualWidth)} (equal width), {Three(run.Ece.EqualMass)} (equal mass; by chance up to {Three(run.Ece.Limit)}); "
            + $"MCE {Three(run.Mce)}; Brier {Three(run.Brier)}; NLL {Three(run.Nll)}; on {SafeText.Line(run.ConfidenceUsed)} confidence");
        yield return ("abstention", run.Abstention switch
        {
            null => "too few questions",
            { Certified: false } none => $"at most {none.Target:0.##} wrong could not be certified",
            var some => $"at most {some.Target:0.##} wrong certified; on other questions {Three(some.Coverage)} are answered and {Three(some.Error)} of these are wrong",
        });
        yield return ("stability", $"stable {Part(run.Stability.Stable)}; fragile {Part(run.Stability.Fragile)}; contested {Part(run.Stability.Contested)}; "
            + $"insufficient {Part(run.Stability.Insufficient)}");
        yield return ("calls", $"{run.Calls.Mean:0.00} of {run.Calls.Of:0.##} a question: {Saved(run):0.0 %} saved");
        yield return ("responses without a readable answer", $"{run.ExtractionFailures.Values.Sum()}");
        yield return ("latency of calls", run.LatencyMs is { } latency
            ? $"p50 {latency.P50:0} ms, p95 {latency.P95:0} ms, p99 {latency.P99:0} ms"
            : "no calls were made: recorded answers");
        yield return ("time of deciding", $"{run.PerQuestionMicroseconds:0} µs a question");
        yield return ("data", $"SHA-256 {SafeText.Line(run.DataSha256, 64)}");
    }

    /// <summary>The columns of a comparison with a baseline.</summary>
    public static IReadOnlyList<string> ComparisonColumns { get; } = ["metric", "baseline", "now", "gain", "95 % interval", "against its margin"];

    /// <summary>A metric's row in it.</summary>
    public static IReadOnlyList<string> Row(GateMetricReport metric) =>
    [
        metric.Metric, Three(metric.Baseline), Three(metric.Candidate), Signed(metric.Gain?.Value),
        metric.Gain is { } gain ? $"{Signed(gain.Low)} to {Signed(gain.High)}" : "–",
        metric.Outcome switch
        {
            GateVerdict.Pass => "not worse", GateVerdict.Fail => "worse", GateVerdict.Inconclusive => "not shown", _ => "not defined",
        } + (metric.P is { } p ? $"; {metric.Lost} lost, {metric.Won} won, McNemar p {(p < 0.001 ? "< 0.001" : $"= {p:0.###}")}" : ""),
    ];

    /// <summary>The share of the panel's calls that were not made.</summary>
    public static double Saved(BenchmarkResult run) => run.Calls.Of > 0 ? 1 - (run.Calls.Mean / run.Calls.Of) : 0;

    public static string Three(double? value) => value?.ToString("0.000") ?? "–";

    public static string Signed(double? value) => value?.ToString("+0.000;−0.000;0.000") ?? "–";

    private static string Part(ShareAccuracy part) => part.Accuracy is { } accuracy ? $"{Three(part.Share)} ({Three(accuracy)} right)" : Three(part.Share);
}

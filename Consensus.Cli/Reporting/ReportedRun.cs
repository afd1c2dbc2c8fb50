using Consensus.Cli.Display;
using Consensus.Cli.Gating;
using Consensus.Contracts.Benchmarks;

namespace Consensus.Cli.Reporting;

/// <summary>A result with what a baseline had on the same suite.</summary>
/// <param name="Result">The result.</param>
/// <param name="Baseline">The baseline's; <c>null</c> without one.</param>
/// <param name="Comparison">The two compared question by question; <c>null</c> without a baseline.</param>
internal sealed record ReportedRun(BenchmarkResult Result, BenchmarkResult? Baseline, GateSuiteReport? Comparison)
{
    /// <summary>The suite's name, safe to show.</summary>
    public string Suite => SafeText.Line(Result.Suite);

    /// <summary>The suite and what was done on it.</summary>
    public string Title => $"{Suite}: {SafeText.Line(Result.Strategy)}{(Result.Options.Stop is { } stop ? $", stopping at {stop}" : "")}"
        + (Result.Options.Kind == "declared" ? "" : ", kinds detected");

    /// <summary>Puts results beside a baseline's of the same suite.</summary>
    /// <exception cref="InvalidDataException">There is a baseline, but it has nothing in common with the results.</exception>
    public static IReadOnlyList<ReportedRun> Of(IReadOnlyList<BenchmarkResult> results, IReadOnlyList<BenchmarkResult> baseline)
    {
        ReportedRun[] runs = [.. results.Select(result => Of(result, baseline.FirstOrDefault(before => before.Suite == result.Suite)))];
        return baseline.Count == 0 || runs.Any(static run => run.Baseline is not null)
            ? runs
            : throw new InvalidDataException($"The baseline has none of these suites; it has {string.Join(", ", baseline.Select(static before => before.Suite))}.");
    }

    private static ReportedRun Of(BenchmarkResult result, BenchmarkResult? before) => before is null
        ? new ReportedRun(result, null, null)
        : new ReportedRun(
            result, before, Gate.Compare(new GateBaseline(GateBaseline.CurrentVersion, [BaselineFile.Of(before)]), [result], new GateThresholds()).Suites[0]);
}

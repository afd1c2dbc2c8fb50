using Consensus.Contracts.Benchmarks;
using Consensus.Core.Benchmarks.Gating;

namespace Consensus.Cli.Gating;

/// <summary>Compares results with a baseline, question by question.</summary>
internal static class Gate
{
    /// <summary>Compares; the worst suite decides.</summary>
    /// <exception cref="InvalidDataException">A suite has nothing in common with the baseline.</exception>
    public static GateReport Compare(GateBaseline baseline, IReadOnlyList<BenchmarkResult> results, GateThresholds thresholds)
    {
        GateSuiteReport[] suites = [.. results.Select(result => Compare(Find(baseline, result.Suite), BaselineFile.Of(result), thresholds))];
        return new GateReport(suites.Max(static suite => suite.Outcome), suites);
    }

    /// <summary>The suite of a baseline.</summary>
    /// <exception cref="InvalidDataException">The baseline does not have it.</exception>
    public static GateBaselineSuite Find(GateBaseline baseline, string name) =>
        baseline.Suites.FirstOrDefault(suite => suite.Suite == name)
        ?? throw new InvalidDataException($"The baseline has no suite {name}; it has {string.Join(", ", baseline.Suites.Select(static suite => suite.Suite))}.");

    private static GateSuiteReport Compare(GateBaselineSuite baseline, GateBaselineSuite candidate, GateThresholds thresholds)
    {
        var places = candidate.Ids.Index().ToDictionary(static pair => pair.Item, static pair => pair.Index, StringComparer.Ordinal);
        var common = baseline.Ids.Index().Where(pair => places.ContainsKey(pair.Item)).ToArray();
        if (common.Length == 0)
        {
            throw new InvalidDataException($"{candidate.Suite}: no question is in both the suite and the baseline.");
        }

        var before = ItemsOf(baseline, [.. common.Select(static pair => pair.Index)]);
        var after = ItemsOf(candidate, [.. common.Select(pair => places[pair.Item])]);
        GateMetricReport[] metrics =
        [
            .. GateMetric.All.Where(metric => thresholds.MarginOf(metric) is not null).AsParallel().AsOrdered().Select(metric => Report(
                GateCheck.Compare(metric, before, after, thresholds.MarginOf(metric)!.Value, thresholds.MinItems, thresholds.Replicates, thresholds.Level),
                common.Length, thresholds.MinItems)),
        ];
        var outcome = metrics.Select(static metric => metric.Outcome).DefaultIfEmpty().Max();
        return new GateSuiteReport(
            candidate.Suite, outcome == GateVerdict.NotMeasured ? GateVerdict.Inconclusive : outcome, common.Length,
            baseline.DataSha256 != candidate.DataSha256, metrics);
    }

    private static GateItem[] ItemsOf(GateBaselineSuite suite, int[] places) => Array.ConvertAll(places, i => new GateItem(
        suite.Correct[i], suite.Confidence[i], (suite.Calibrated ?? suite.Confidence)[i], suite.Answered[i] != 0, suite.Calls[i]));

    private static GateMetricReport Report(GateFinding finding, int items, int leastItems)
    {
        var verdict = Enum.Parse<GateVerdict>(finding.Outcome.ToString());
        var gain = finding.Outcome == GateOutcome.NotMeasured
            ? null : new MeasuredShare(Round(finding.Gain.Point)!.Value, Round(finding.Gain.Low)!.Value, Round(finding.Gain.High)!.Value);
        return new GateMetricReport(
            finding.Metric.Name, verdict, Round(finding.Baseline), Round(finding.Candidate), gain, finding.Margin,
            finding.Discordance?.Lost, finding.Discordance?.Won, finding.Discordance?.P, finding.Outcome switch
            {
                GateOutcome.NotMeasured => "not defined on these questions; decides nothing",
                GateOutcome.Pass => $"the interval lies above −{finding.Margin}",
                GateOutcome.Fail => $"the interval lies below −{finding.Margin}",
                _ when finding.Gain.Low > -finding.Margin => $"only {items} questions; {leastItems} are needed to pass",
                _ => $"the interval holds −{finding.Margin}",
            });
    }

    private static double? Round(double value) => double.IsFinite(value) ? Math.Round(value, 6) : null;
}

using Consensus.Core.Evaluation;

namespace Consensus.Core.Benchmarks.Gating;

/// <summary>Whether a system is no worse than a baseline on the same questions, by more than a margin.</summary>
/// <remarks>
/// Non-inferiority by the interval of the paired difference, after Piaggio et al. (2012), "Reporting of Noninferiority and Equivalence Randomized Trials", figure 1: what
/// lies wholly above −margin is shown to be no worse, what lies wholly below is shown to be worse, and all else is not shown.
/// </remarks>
public static class GateCheck
{
    private const ulong Seed = 1;

    /// <summary>Compares by one metric.</summary>
    /// <param name="metric">The metric.</param>
    /// <param name="baseline">The baseline's questions, at least one.</param>
    /// <param name="candidate">The same questions, in the same order.</param>
    /// <param name="margin">By how much the candidate may be worse, not negative.</param>
    /// <param name="leastItems">With fewer questions nothing passes.</param>
    /// <param name="replicates">How often the bootstrap draws.</param>
    /// <param name="level">The level of the interval, within 0 and 1.</param>
    /// <exception cref="ArgumentException">There are no questions, the two differ in number, or an argument is out of its range.</exception>
    public static GateFinding Compare(
        GateMetric metric, GateItem[] baseline, GateItem[] candidate, double margin, int leastItems, int replicates, double level)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(margin);
        if (baseline.Length != candidate.Length)
        {
            throw new ArgumentException($"The baseline has {baseline.Length} questions, the candidate {candidate.Length}.", nameof(candidate));
        }

        int[] questions = [.. Enumerable.Range(0, baseline.Length)];
        var gain = Gain(metric, baseline, candidate, questions, replicates, level);
        var (lost, won) = (questions.Count(i => candidate[i].Correct < baseline[i].Correct), questions.Count(i => candidate[i].Correct > baseline[i].Correct));
        return new GateFinding(
            metric, margin, metric.Of(baseline), metric.Of(candidate), gain, Judge(gain, margin, baseline.Length >= leastItems),
            metric == GateMetric.Accuracy ? new Discordance(lost, won, McNemar.ExactP(lost, won)) : null);
    }

    /// <summary>What an interval of the gain over the baseline says.</summary>
    internal static GateOutcome Judge(BootstrapInterval gain, double margin, bool enough) =>
        double.IsNaN(gain.Point) || double.IsNaN(gain.Low) ? GateOutcome.NotMeasured
        : gain.High < -margin ? GateOutcome.Fail
        : gain.Low > -margin && enough ? GateOutcome.Pass
        : GateOutcome.Inconclusive;

    private static BootstrapInterval Gain(GateMetric metric, GateItem[] baseline, GateItem[] candidate, int[] questions, int replicates, double level)
    {
        // Every draw of the same results has the difference 0.
        if (baseline.AsSpan().SequenceEqual(candidate))
        {
            var none = metric.Of(candidate) - metric.Of(baseline);
            return new BootstrapInterval(none, none, none);
        }

        var sign = metric.LessIsBetter ? -1 : 1;
        return PairedBootstrap.Clustered(
            questions, drawn => sign * (metric.Of(At(candidate, drawn)) - metric.Of(At(baseline, drawn))), replicates, Seed, level);
    }

    private static GateItem[] At(GateItem[] items, ReadOnlySpan<int> places)
    {
        var chosen = new GateItem[places.Length];
        for (var i = 0; i < chosen.Length; i++)
        {
            chosen[i] = items[places[i]];
        }

        return chosen;
    }
}

using Consensus.Core.Benchmarks.Gating;
using Consensus.Core.Evaluation;

namespace Consensus.Core.Tests.Benchmarks;

public class GateCheckTests
{
    [Theory]
    [InlineData(-0.05, -0.03, true, GateOutcome.Fail)]
    [InlineData(-0.05, -0.03, false, GateOutcome.Fail)]
    [InlineData(-0.05, -0.02, true, GateOutcome.Inconclusive)]
    [InlineData(-0.03, 0.01, true, GateOutcome.Inconclusive)]
    [InlineData(-0.02, 0.01, true, GateOutcome.Inconclusive)]
    [InlineData(-0.01, 0.01, true, GateOutcome.Pass)]
    [InlineData(-0.01, 0.01, false, GateOutcome.Inconclusive)]
    [InlineData(double.NaN, double.NaN, true, GateOutcome.NotMeasured)]
    public void AnIntervalPassesWhollyAboveTheMarginWithEnoughQuestionsAndFailsWhollyBelow(double low, double high, bool enough, GateOutcome expected) =>
        Assert.Equal(expected, GateCheck.Judge(new BootstrapInterval((low + high) / 2, low, high), 0.02, enough));

    /// <summary>As docs/benchmarks.md gives them.</summary>
    [Fact]
    public void TheMarginsAreTheDocumentedOnes() => Assert.Equal(
        [("accuracy", 0.02), ("auroc", 0.05), ("ece", 0.03), ("brier", 0.02), ("coverage", 0.05), ("calls", 0.25)],
        GateMetric.All.Select(static metric => (metric.Name, metric.DefaultMargin)));

    [Fact]
    public void WhereLessIsBetterARiseIsALoss()
    {
        var baseline = Enumerable.Repeat(new GateItem(1, .9, .9, true, 3), 300).ToArray();
        var candidate = Array.ConvertAll(baseline, static item => item with { Calls = 5, Answered = false, Probability = .5 });
        foreach (var (name, gain) in new[] { ("calls", -2), ("coverage", -1), ("brier", -.24), ("ece", -.4) })
        {
            var finding = GateCheck.Compare(GateMetric.All.Single(metric => metric.Name == name), baseline, candidate, .1, 200, 200, .95);
            Assert.Equal(GateOutcome.Fail, finding.Outcome);
            Assert.Equal(gain, finding.Gain.Point, 1e-9);
        }
    }

    [Fact]
    public void TheIntervalOfAccuracyIsThatOfThePairedDifference()
    {
        var baseline = Enumerable.Range(0, 400).Select(static i => new GateItem(i % 10 == 0 ? 0 : 1, .5, .5, true, 1)).ToArray();
        var candidate = Enumerable.Range(0, 400).Select(static i => new GateItem(i % 8 == 0 ? 0 : 1, .5, .5, true, 1)).ToArray();
        var finding = GateCheck.Compare(GateMetric.Accuracy, baseline, candidate, .02, 200, 1_000, .95);
        var plain = PairedBootstrap.Difference([.. candidate.Select(static i => i.Correct)], [.. baseline.Select(static i => i.Correct)], 1_000, 1);
        Assert.Equal(plain.Point, finding.Gain.Point, 1e-12);
        Assert.Equal(plain.Low, finding.Gain.Low, 1e-12);
        Assert.Equal(plain.High, finding.Gain.High, 1e-12);
        Assert.Equal((40, 30), (finding.Discordance!.Lost, finding.Discordance.Won));
        Assert.Equal(McNemar.ExactP(40, 30), finding.Discordance.P);
    }
}

using Consensus.Core.Evaluation;
using Consensus.Core.Numerics;

namespace Consensus.Core.Tests.Evaluation;

public class RiskCoverageTests
{
    [Fact]
    public void TheCurveAnswersTheMostConfidentFirst()
    {
        var curve = RiskCoverage.Curve([0.2, 0.9, 0.5, 0.7], [0, 1, 1, 0]);
        Assert.Equal([(0.9, 0.25, 0), (0.7, 0.5, 0.5), (0.5, 0.75, 1 / 3.0), (0.2, 1, 0.5)], curve.Select(static p => (p.Threshold, p.Coverage, p.Risk)));
        Assert.Equal((0 + 0.5 + (1 / 3.0) + 0.5) / 4, RiskCoverage.Area(curve), 12);
    }

    [Fact]
    public void CasesOfEqualConfidenceAreAnsweredTogether()
    {
        var curve = RiskCoverage.Curve([0.9, 0.5, 0.5, 0.5], [1, 0, 1, 0.5]);
        Assert.Equal([new(0.9, 0.25, 0), new RiskCoveragePoint(0.5, 1, 1.5 / 4)], curve);
        Assert.Equal(0.75 * 1.5 / 4, RiskCoverage.Area(curve), 12);
    }

    [Fact]
    public void AConfidenceThatSaysNothingHasTheErrorRateAsItsArea()
    {
        var random = new SeededRandom(3);
        double[] truths = [.. Enumerable.Range(0, 50).Select(_ => (double)random.Next(2))];
        Assert.Equal(1 - truths.Average(), RiskCoverage.Area(RiskCoverage.Curve([.. truths.Select(static _ => 0.5)], truths)), 12);
    }

    [Fact]
    public void NoCasesHaveNoCurve() => Assert.Throws<ArgumentException>(static () => RiskCoverage.Curve([], []));
}

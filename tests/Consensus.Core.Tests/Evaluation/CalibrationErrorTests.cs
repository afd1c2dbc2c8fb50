using Consensus.Core.Evaluation;
using Consensus.Core.Numerics;
using Consensus.Core.Tests.Calibration;
using FsCheck.Xunit;

namespace Consensus.Core.Tests.Evaluation;

[Properties(Arbitrary = [typeof(LabelledSets)], MaxTest = 200)]
public class CalibrationErrorTests
{
    // By hand: (0, .5] holds .1, .3, .5 with mean .3 and one third right; (.5, 1] holds .6 and 1 with mean .8 and half right.
    private static readonly double[] Confidences = [0.6, 0.1, 0.5, 1, 0.3];
    private static readonly double[] Truths = [0, 0, 1, 1, 0];

    [Fact]
    public void EqualWidthAgreesWithTheExampleByHand()
    {
        var bins = CalibrationError.EqualWidth(Confidences, Truths, 2);
        Assert.Equal([3, 2], bins.Select(static bin => bin.Count));
        Assert.Equal(0.3, bins[0].MeanConfidence, 12);
        Assert.Equal(1 / 3.0, bins[0].Accuracy, 12);
        Assert.Equal((0.5, 1), (bins[1].From, bins[1].To));
        Assert.Equal(((3 * (1 / 30.0)) + (2 * 0.3)) / 5, CalibrationError.Expected(bins), 12);
        Assert.Equal(0.3, CalibrationError.Maximum(bins), 12);
        Assert.Equal(ProportionInterval.Wilson(1, 2), (bins[1].AccuracyLow, bins[1].AccuracyHigh));
    }

    [Fact]
    public void AConfidenceOnAnEdgeBelongsToTheBinBelow()
    {
        double[] edges = [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1];
        var bins = CalibrationError.EqualWidth(edges, new double[11]);
        Assert.Equal([2, 1, 1, 1, 1, 1, 1, 1, 1, 1], bins.Select(static bin => bin.Count));
    }

    [Fact]
    public void EqualMassCutsBetweenCases()
    {
        var bins = CalibrationError.EqualMass(Confidences, Truths, 2);
        Assert.Equal([(2, 0.1, 0.3), (3, 0.5, 1)], bins.Select(static bin => (bin.Count, bin.From, bin.To)));
        Assert.Equal(((2 * 0.2) + (3 * Math.Abs((2 / 3.0) - 0.7))) / 5, CalibrationError.Expected(bins), 12);
    }

    [Fact]
    public void EqualMassSharesTiesOut()
    {
        // Four of the middle value straddle the edge; three of them are right, so each counts three quarters.
        var bins = CalibrationError.EqualMass([0.2, 0.5, 0.5, 0.5, 0.5, 0.9], [0, 1, 1, 0, 1, 1], 2);
        Assert.Equal([1.5 / 3, 2.5 / 3], bins.Select(static bin => bin.Accuracy));
    }

    [Fact]
    public void FewerCasesThanBinsLeaveBinsOut() => Assert.Equal(3, CalibrationError.EqualMass([0.1, 0.2, 0.3], [0, 0, 1]).Count);

    [Fact]
    public void BrierAndLogLossAgreeWithTheirDefinitions()
    {
        Assert.Equal((0.36 + 0.01 + 0.25 + 0 + 0.09) / 5, CalibrationError.Brier(Confidences, Truths), 12);
        Assert.Equal(-(Math.Log(0.4) + Math.Log(0.9) + Math.Log(0.5) + Math.Log(0.7)) / 5, CalibrationError.LogLoss(Confidences, Truths), 1e-6);
    }

    [Fact]
    public void ATieScoresAsItsExpectation()
    {
        double Expectation(Func<double, double> score) => (score(1) + score(0)) / 2;
        Assert.Equal(Expectation(static y => CalibrationError.Brier([0.7], [y])), CalibrationError.Brier([0.7], [0.5]), 12);
        Assert.Equal(Expectation(static y => CalibrationError.LogLoss([0.7], [y])), CalibrationError.LogLoss([0.7], [0.5]), 12);
    }

    [Fact]
    public void ACertainErrorCostsAFiniteLoss() => Assert.Equal(-Math.Log(1e-6), CalibrationError.LogLoss([1], [0]), 6);

    [Fact]
    public void RefusesNoCasesAndValuesOutOfRange()
    {
        Assert.Throws<ArgumentException>(static () => CalibrationError.EqualMass([], []));
        Assert.Throws<ArgumentException>(static () => CalibrationError.Brier([0.5], []));
        Assert.Throws<ArgumentException>(static () => CalibrationError.EqualWidth([1.2], [1]));
        Assert.Throws<ArgumentOutOfRangeException>(static () => CalibrationError.EqualWidth([0.2], [1], 0));
        Assert.Throws<ArgumentOutOfRangeException>(static () => CalibrationError.EqualMass([0.2], [1], 0));
    }

    [Property]
    public void ErrorsAreWithinZeroAndOneAndAtMostTheMaximum(LabelledPoints points)
    {
        foreach (var bins in Binnings(points))
        {
            var expected = CalibrationError.Expected(bins);
            Assert.InRange(expected, 0, 1);
            Assert.InRange(CalibrationError.Maximum(bins), expected - 1e-12, 1);
        }
    }

    [Property]
    public void BinsKeepTheCasesTheConfidenceAndTheTruth(LabelledPoints points)
    {
        foreach (var bins in Binnings(points))
        {
            Assert.Equal(points.X.Length, bins.Sum(static bin => bin.Count));
            Assert.Equal(points.X.Sum(), bins.Sum(static bin => bin.Count * bin.MeanConfidence), 1e-9);
            Assert.Equal(points.Y.Sum(), bins.Sum(static bin => bin.Count * bin.Accuracy), 1e-9);
            Assert.All(bins, static bin => Assert.InRange(bin.Accuracy, bin.AccuracyLow, bin.AccuracyHigh));
        }
    }

    [Property]
    public void TheOrderOfTheCasesDoesNotMatter(LabelledPoints points, ulong seed)
    {
        var other = points.Reordered(new SeededRandom(seed).Permutation(points.X.Length));
        Assert.Equal(Binnings(points), Binnings(other));
        Assert.Equal(CalibrationError.Brier(points.X, points.Y), CalibrationError.Brier(other.X, other.Y));
        Assert.Equal(CalibrationError.LogLoss(points.X, points.Y), CalibrationError.LogLoss(other.X, other.Y));
        Assert.Equal(RiskCoverage.Curve(points.X, points.Y), RiskCoverage.Curve(other.X, other.Y));
    }

    private static IReadOnlyList<ReliabilityBin>[] Binnings(LabelledPoints points) =>
        [CalibrationError.EqualWidth(points.X, points.Y), CalibrationError.EqualMass(points.X, points.Y), CalibrationError.EqualMass(points.X, points.Y, 3)];
}

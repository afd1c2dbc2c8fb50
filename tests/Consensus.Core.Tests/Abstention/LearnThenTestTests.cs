using Consensus.Core.Abstention;
using Consensus.Core.Evaluation;
using Consensus.Core.Numerics;
using Consensus.Core.Tests.Calibration;
using FsCheck.Xunit;

namespace Consensus.Core.Tests.Abstention;

[Properties(Arbitrary = [typeof(LabelledSets)], MaxTest = 200)]
public class LearnThenTestTests
{
    private const int Splits = 400;

    [Theory]
    [InlineData(0.05, 0, 2000)]
    [InlineData(0.1, 0, 500)]
    [InlineData(0.1, 10, 1000)]
    public void TheRealisedErrorExceedsTheTargetInFewSplits(double target, int levels, int count)
    {
        // Calibrated confidences, uniform on [1/2, 1): above t the share (1 − t)/2 is wrong, on a grid of levels likewise with t the mid-step below.
        var random = new SeededRandom(21);
        var (exceeded, certified, coverage) = (0, 0, 0.0);
        for (var split = 0; split < Splits; split++)
        {
            var (confidences, truths) = Draw(random, count, levels, static confidence => confidence);
            var certificate = LearnThenTest.Certify(confidences, truths, target);
            var from = certificate.Threshold - (levels == 0 ? 0 : 0.25 / levels);
            exceeded += (1 - from) / 2 > target ? 1 : 0;
            certified += certificate.Certified ? 1 : 0;
            coverage += certificate.Coverage / Splits;
        }

        // δ = 5 % and a little more than two standard errors of 400 splits.
        Assert.InRange((double)exceeded / Splits, 0, 0.075);
        Assert.InRange((double)certified / Splits, 0.4, 1);
        Assert.InRange(coverage, target, 4 * target);
    }

    [Fact]
    public void AnErrorRateJustAboveTheTargetIsRarelyCertified()
    {
        var random = new SeededRandom(22);
        var certified = 0;
        for (var split = 0; split < Splits; split++)
        {
            var (confidences, truths) = Draw(random, 400, 0, static _ => 0.899);
            certified += LearnThenTest.Certify(confidences, truths, 0.1).Certified ? 1 : 0;
        }

        Assert.InRange((double)certified / Splits, 0, 0.075);
    }

    [Fact]
    public void WithoutErrorsEverythingIsAnswered()
    {
        var (confidences, truths) = Draw(new SeededRandom(23), 200, 0, static _ => 1);
        var certificate = LearnThenTest.Certify(confidences, truths, 0.05);
        Assert.Equal((confidences.Min(), 1, 200, 0), (certificate.Threshold, certificate.Coverage, certificate.Answered, certificate.Errors));
        Assert.Equal(ProportionInterval.ClopperPearsonUpper(0, 200, 0.05), certificate.Bound);
    }

    [Fact]
    public void TwoErrorsAmongTheSurestDoNotEndTheSearch()
    {
        double[] confidences = [.. Enumerable.Range(0, 300).Select(static i => 1 - (i / 600.0))];
        double[] truths = [.. Enumerable.Range(0, 300).Select(static i => i < 2 ? 0.0 : 1)];
        Assert.Equal(1, LearnThenTest.Certify(confidences, truths, 0.05).Coverage);
    }

    [Fact]
    public void StopsAtTheFirstThresholdThatFailsThoughALaterOneWouldPass()
    {
        // 100 sure and right, 40 less sure and half wrong, 860 unsure and right: taken whole, 20 of 1000 errors would pass.
        double[] confidences = [.. Enumerable.Repeat(0.9, 100), .. Enumerable.Repeat(0.8, 40), .. Enumerable.Repeat(0.6, 860)];
        double[] truths = [.. Enumerable.Range(0, 1000).Select(static i => i is >= 100 and < 120 ? 0.0 : 1)];
        Assert.True(ProportionInterval.ClopperPearsonUpper(20, 1000, 0.05) < 0.05);
        Assert.Equal(0.9, LearnThenTest.Certify(confidences, truths, 0.05, thresholds: [0.6, 0.9, 0.8]).Threshold);
    }

    [Fact]
    public void TooFewCasesCertifyNothing()
    {
        // Of 58 right answers the bound is 5.03 %, of 59 it is 4.95 %.
        Assert.False(LearnThenTest.Certify(Enumerable.Repeat(0.9, 58).ToArray(), Enumerable.Repeat(1.0, 58).ToArray(), 0.05).Certified);
        var certificate = LearnThenTest.Certify(Enumerable.Repeat(0.9, 59).ToArray(), Enumerable.Repeat(1.0, 59).ToArray(), 0.05);
        Assert.Equal((0.9, 59), (certificate.Threshold, certificate.Answered));
    }

    [Fact]
    public void GivenThresholdsThatAnswerTooFewArePassedOver()
    {
        var (confidences, truths) = Draw(new SeededRandom(24), 200, 0, static _ => 1);
        Assert.Equal(0.6, LearnThenTest.Certify(confidences, truths, 0.05, thresholds: [0.6, 0.99, 1]).Threshold);
    }

    [Fact]
    public void ATieIsAnError()
    {
        var certificate = LearnThenTest.Certify(Enumerable.Repeat(0.9, 100).ToArray(), [0.5, .. Enumerable.Repeat(1.0, 99)], 0.05);
        Assert.Equal((1, 0.01), (certificate.Errors, certificate.Error));
    }

    [Fact]
    public void RefusesWhatIsOutOfRange()
    {
        Assert.Throws<ArgumentException>(static () => LearnThenTest.Certify([], [], 0.1));
        Assert.Throws<ArgumentOutOfRangeException>(static () => LearnThenTest.Certify([0.5], [1], 0));
        Assert.Throws<ArgumentOutOfRangeException>(static () => LearnThenTest.Certify([0.5], [1], 0.1, 1));
        Assert.Throws<ArgumentException>(static () => LearnThenTest.Certify([0.5], [1], 0.1, thresholds: [double.NaN]));
    }

    [Property]
    public void ACertificateStatesWhatItsThresholdAnswers(LabelledPoints points, ulong seed)
    {
        var certificate = LearnThenTest.Certify(points.X, points.Y, 0.4, 0.2);
        var other = points.Reordered(new SeededRandom(seed).Permutation(points.X.Length));
        Assert.Equal(certificate, LearnThenTest.Certify(other.X, other.Y, 0.4, 0.2));
        if (!certificate.Certified)
        {
            Assert.Equal((0, 0, 1), (certificate.Coverage, certificate.Answered, certificate.Bound));
            return;
        }

        var answered = points.X.Index().Where(entry => entry.Item >= certificate.Threshold).Select(static entry => entry.Index).ToArray();
        Assert.Equal(answered.Length, certificate.Answered);
        Assert.Equal((double)answered.Length / points.X.Length, certificate.Coverage);
        Assert.Equal(answered.Count(i => points.Y[i] < 1), certificate.Errors);
        Assert.InRange(certificate.Bound, certificate.Error!.Value, 0.4);
    }

    private static (double[] Confidences, double[] Truths) Draw(SeededRandom random, int count, int levels, Func<double, double> accuracy)
    {
        double[] confidences = [.. Enumerable.Range(0, count).Select(_ => 0.5 + (levels == 0 ? random.NextDouble() / 2 : (random.Next(levels) + 0.5) / (2 * levels)))];
        return (confidences, [.. confidences.Select(confidence => random.NextDouble() < accuracy(confidence) ? 1.0 : 0)]);
    }
}

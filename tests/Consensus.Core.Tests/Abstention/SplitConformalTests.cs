using Consensus.Core.Abstention;
using Consensus.Core.Numerics;

namespace Consensus.Core.Tests.Abstention;

public class SplitConformalTests
{
    [Fact]
    public void OfNineScoresAtATenthTheThresholdIsTheGreatest()
    {
        // ⌈10 · 0.9⌉ = 9.
        double[] scores = [0.5, 0.1, 0.9, 0.3, 0.2, 0.8, 0.4, 0.7, 0.6];
        Assert.Equal(0.9, SplitConformal.Threshold(scores, 0.1));
        Assert.Equal(0.8, SplitConformal.Threshold(scores, 0.2));
        Assert.Equal(0.5, SplitConformal.Threshold(scores, 0.5));
    }

    [Fact]
    public void TooFewScoresKeepEveryAnswer()
    {
        var threshold = SplitConformal.Threshold([0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8], 0.1);
        Assert.Equal(double.PositiveInfinity, threshold);
        Assert.Equal([0, 1, 2], SplitConformal.Set([0, 0.01, 0.99], threshold));
        Assert.Equal(double.PositiveInfinity, SplitConformal.Threshold([], 0.1));
    }

    [Fact]
    public void RoundingDoesNotMoveTheRank()
    {
        // 10 · (1 − 0.7) is 3.0000000000000004 in binary.
        Assert.True(10 * (1 - 0.7) > 3);
        Assert.Equal(3, SplitConformal.Threshold([1, 2, 3, 4, 5, 6, 7, 8, 9], 0.7));
    }

    [Fact]
    public void TheSetHoldsWhatIsProbableEnough()
    {
        var threshold = SplitConformal.Score(0.3);
        Assert.Equal([0, 2], SplitConformal.Set([0.4, 0.1, 0.3, 0.2], threshold));
        Assert.Empty(SplitConformal.Set([0.25, 0.25, 0.25, 0.25], threshold));
    }

    [Fact]
    public void SetsHoldTheTrueAnswerAsOftenAsPromisedThoughTheModelIsWrong()
    {
        const double Alpha = 0.2;
        const int Calibration = 49;
        var random = new SeededRandom(31);
        var (covered, cases) = (0, 0);
        for (var trial = 0; trial < 4000; trial++)
        {
            double[] scores = [.. Enumerable.Range(0, Calibration).Select(_ => Case(random, out var truth, out var believed) ? SplitConformal.Score(believed[truth]) : 0)];
            var threshold = SplitConformal.Threshold(scores, Alpha);
            Case(random, out var answer, out var probabilities);
            covered += SplitConformal.Set(probabilities, threshold).Contains(answer) ? 1 : 0;
            cases++;
        }

        // (n + 1)(1 − α) is whole: without ties the coverage is 80 % exactly. Three standard errors of 4000 trials are 1.9 %.
        Assert.InRange((double)covered / cases, 0.781, 0.819);
    }

    [Fact]
    public void RefusesWhatIsOutOfRange()
    {
        Assert.Throws<ArgumentOutOfRangeException>(static () => SplitConformal.Threshold([0.1], 0));
        Assert.Throws<ArgumentException>(static () => SplitConformal.Threshold([double.NaN], 0.1));
    }

    // Four answers; the model believes the square of what is so, which is overconfident.
    private static bool Case(SeededRandom random, out int truth, out double[] believed)
    {
        double[] real = [.. Enumerable.Range(0, 4).Select(_ => random.NextDouble())];
        var at = random.NextDouble() * real.Sum();
        truth = 0;
        while (truth < 3 && (at -= real[truth]) >= 0)
            truth++;
        var total = real.Sum(static p => p * p);
        believed = [.. real.Select(p => p * p / total)];
        return true;
    }
}

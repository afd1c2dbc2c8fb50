using Consensus.Core.Judging;
using FsCheck.Xunit;

namespace Consensus.Core.Tests.Judging;

public class AnchoredPanelTests
{
    [Theory]
    [InlineData(1, 0.95725827, 0.69417852)]
    [InlineData(10, 0.19478711, 0.14833724)]
    public void TheRegressionAgreesWithScikitLearn(double regularisation, double first, double second)
    {
        // scikit-learn 1.2.1: LogisticRegression(C=1/regularisation, fit_intercept=False, tol=1e-12) on the merged votes of these pairs; lbfgs.
        JudgedPair[] pairs =
        [
            Pairs.Of(1, "1-1", "2-2"), Pairs.Of(1, "1-1", "1-0"), Pairs.Of(-1, "2-2", "1-1"), Pairs.Of(1, "1-2", "1-1"),
            Pairs.Of(1, "1-1", "1-1"), Pairs.Of(-1, "0-2", "2-2"), Pairs.Of(-1, "1-1", "2-2"), Pairs.Of(-1, "2-2", "2-2"),
        ];
        var weights = VoteRegression.Fit(pairs, regularisation);
        Assert.Equal(first, weights[0], 1e-5);
        Assert.Equal(second, weights[1], 1e-5);
    }

    [Fact]
    public void APanelOfAlikeJudgesGainsOverTheBest()
    {
        var (labelled, fresh) = (Pairs.Draw(1, 200, 0.7, 0.7, 0.7, 0.7, 0.7), Pairs.Draw(2, 1000, 0.7, 0.7, 0.7, 0.7, 0.7));
        var panel = AnchoredPanel.Fit(labelled, 0);
        Assert.False(panel.FellBack);
        Assert.True(panel.Gain > 0);
        Assert.True(fresh.Average(p => p.Credit(panel.Decide(p))) > fresh.Average(p => p.Credit(p.Votes[panel.Best].Merged)) + 0.05);
    }

    [Fact]
    public void AJudgeThatIsMostlyWrongSpeaksAgainstWhatItNames()
    {
        var panel = AnchoredPanel.Fit(Pairs.Draw(3, 300, 0.75, 0.2, 0.25), 0);
        Assert.False(panel.FellBack);
        Assert.Equal(0, panel.Best);
        Assert.True(panel.Weights[0] > 0 && panel.Weights[1] < 0 && panel.Weights[2] < 0);
    }

    [Fact]
    public void WithoutAGainTheBestJudgeDecidesAlone()
    {
        var panel = AnchoredPanel.Fit(Pairs.Draw(4, 200, 0.5, 0.99, 0.5), 0);
        Assert.True(panel.FellBack);
        Assert.Equal([0, 1, 0], panel.Weights);
        Assert.Equal((1, null), (panel.Best, panel.Regularisation));
    }

    [Fact]
    public void TooFewPairsShowNoGain()
    {
        var panel = AnchoredPanel.Fit(Pairs.Draw(1, AnchoredPanel.LeastPairs - 1, 0.7, 0.7, 0.7), 0);
        Assert.True(panel.FellBack);
        Assert.Null(panel.Gain);
    }

    [Fact]
    public void ASingleGoodJudgeDecidesAlone() => Assert.Equal([1.0], AnchoredPanel.Fit(Pairs.Draw(6, 100, 0.8), 0).Weights);

    [Property(MaxTest = 20)]
    public void WhichOutputIsCalledOneDoesNotMatter(ulong seed)
    {
        var pairs = Pairs.Draw(seed, 60, 0.8, 0.7, 0.4);
        var (a, b) = (AnchoredPanel.Fit(pairs, seed), AnchoredPanel.Fit(Pairs.Exchanged(pairs), seed));
        Assert.Equal((a.Best, a.FellBack, a.Gain, a.Regularisation), (b.Best, b.FellBack, b.Gain, b.Regularisation));
        Assert.All(a.Weights.Zip(b.Weights), pair => Assert.Equal(pair.First, pair.Second, 1e-6));
    }
}

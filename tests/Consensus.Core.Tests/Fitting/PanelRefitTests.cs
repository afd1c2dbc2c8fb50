using Consensus.Core.Answers;
using Consensus.Core.Fitting;
using Consensus.Core.Learning;
using Consensus.Core.Tests.Learning;

namespace Consensus.Core.Tests.Fitting;

public class PanelRefitTests
{
    private static readonly double[] Uneven = [0.9, 0.4, 0.4, 0.4, 0.4];
    private static readonly double[] Even = [0.7, 0.7, 0.7, 0.7, 0.7];

    [Fact]
    public void AFirstFitOfUnevenModelsGains()
    {
        var refit = PanelRefit.Of(MadePanel.Of(300, Uneven, 1), AnswerKind.Choice, inForce: null, 1);
        Assert.True(refit.MayReplace, refit.Reason);
        Assert.True(refit.VoteGain.Low > 0 && refit.Fit.Learned!.Guard.Adopted);
        Assert.Equal(5, refit.Fit.Models.Count);
    }

    /// <summary>Equal models: weights gain nothing, so the two votes are the same; a vote share that is no probability can still be mended.</summary>
    [Fact]
    public void OfEqualModelsOnlyCalibrationGains()
    {
        var refit = PanelRefit.Of(MadePanel.Of(400, Even, 2), AnswerKind.Choice, inForce: null, 1);
        Assert.Equal((0, 0, 0), (refit.VoteGain.Point, refit.VoteGain.Low, refit.VoteGain.High));
        Assert.Equal(refit.CalibrationGain.Low > 0, refit.MayReplace);
    }

    [Fact]
    public void WhatIsInForceStaysAgainstNewDataOfTheSameSort()
    {
        var inForce = PanelFitter.Fit(MadePanel.Of(2000, Uneven, 3), AnswerKind.Choice, 1);
        var replaced = Enumerable.Range(10, 10).Count(seed => PanelRefit.Of(MadePanel.Of(200, Uneven, (ulong)seed), AnswerKind.Choice, inForce, 1).MayReplace);
        Assert.InRange(replaced, 0, 1);
    }

    [Fact]
    public void WhenTheModelsChangeTheNewFitGains()
    {
        var inForce = PanelFitter.Fit(MadePanel.Of(1000, Uneven, 4), AnswerKind.Choice, 1);
        var refit = PanelRefit.Of(MadePanel.Of(300, [0.4, 0.4, 0.4, 0.4, 0.9], 5), AnswerKind.Choice, inForce, 1);
        Assert.True(refit.MayReplace && refit.VoteGain.Low > 0, refit.Reason);
    }

    /// <summary>Weights of a panel much like this one serve it already, so a new fit has to gain over them; its maps do not serve, so those are still to be had.</summary>
    [Fact]
    public void TheWeightsOfANearPanelAreWhatIsToBeBeaten()
    {
        var larger = PanelFitter.Fit(MadePanel.Of(2000, [.. Uneven, 0.4], 10), AnswerKind.Choice, 1);
        var questions = MadePanel.Of(300, Uneven, 11);
        var (near, nothing) = (PanelRefit.Of(questions, AnswerKind.Choice, larger, 1), PanelRefit.Of(questions, AnswerKind.Choice, null, 1));
        Assert.True(nothing.VoteGain.Low > 0 && near.VoteGain.Low <= 0, $"{near.VoteGain} against {nothing.VoteGain}");
        Assert.True(near.CalibrationGain.Point > 0, $"{near.CalibrationGain}");
    }

    [Fact]
    public void WeightsThatGoByLengthsAreNotComparedWithoutLengths()
    {
        var fit = PanelFitter.Fit(MadePanel.Of(300, Uneven, 6), AnswerKind.Choice, 1);
        var byLength = fit with { Learned = fit.Learned! with { Shape = new LearnedShape(Categories: false, Lengths: true) } };
        var unknown = MadePanel.Of(300, Uneven, 7)
            .Select(q => q with { Panel = q.Panel with { Votes = [.. q.Panel.Votes.Select(v => v with { Length = 0 })] } }).ToList();
        var refit = PanelRefit.Of(unknown, AnswerKind.Choice, byLength, 1);
        Assert.False(refit.MayReplace);
        Assert.Contains("lengths", refit.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void TooFewQuestionsAreRefused() =>
        Assert.Throws<ArgumentException>(() => PanelRefit.Of(MadePanel.Of(StrategyCalibration.LeastQuestions - 1, Uneven, 8), AnswerKind.Choice, null, 1));

    [Fact]
    public void TheSameSeedGivesTheSame()
    {
        var questions = MadePanel.Of(200, Uneven, 9);
        var (one, other) = (PanelRefit.Of(questions, AnswerKind.Choice, null, 4), PanelRefit.Of(questions, AnswerKind.Choice, null, 4));
        Assert.Equal((one.VoteGain, one.CalibrationGain, one.Reason), (other.VoteGain, other.CalibrationGain, other.Reason));
    }
}

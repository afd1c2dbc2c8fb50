using Consensus.Core.Answers;
using Consensus.Core.Deciding;
using Consensus.Core.Fitting;
using Consensus.Core.Learning;
using Consensus.Core.Tests.Learning;

namespace Consensus.Core.Tests.Fitting;

public class PanelFitterTests
{
    private static readonly double[] Uneven = [0.9, 0.4, 0.4, 0.4, 0.4];

    [Fact]
    public void ReliabilityIsWhatTheModelsWere()
    {
        var fit = PanelFitter.FitVotes(MadePanel.Of(2000, Uneven, 1), AnswerKind.Choice, 1);
        Assert.Equal(0.9, fit.Reliability["m0"].Value, 0.03);
        Assert.Equal(0.4, fit.Reliability["m3"].Value, 0.04);
        Assert.All(fit.Reliability.Values, r => Assert.InRange(r.Value, r.Low - 0.01, r.High + 0.01));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(6)]
    public void EffectiveAlternativesCountsTheWrongAnswers(int wrong)
    {
        var fit = PanelFitter.FitVotes(MadePanel.Of(2000, Uneven, 2, wrong), AnswerKind.Choice, 1);
        Assert.Equal(1 + wrong, fit.EffectiveAlternatives.Value, 0.15 * wrong);
    }

    [Fact]
    public void EveryStrategyOfAPanelHasAMapThatCalibrates()
    {
        var fit = PanelFitter.Fit(MadePanel.Of(1000, Uneven, 3), AnswerKind.Choice, 1);
        Assert.Equal(PanelFitter.CalibratedStrategies.Order(), fit.Calibrations.Select(c => c.Strategy).Order());
        var test = MadePanel.Of(3000, Uneven, 4);
        Assert.All(fit.Calibrations, calibration =>
        {
            var scores = test.Select(q => PanelFitter.Score(calibration.Strategy, q, fit)).ToArray();
            Assert.Equal(scores.Average(s => s.Correct), scores.Average(s => calibration.Map.Apply(s.Confidence)), 0.03);
        });
    }

    [Fact]
    public void FewQuestionsGetNoMap()
    {
        var fit = PanelFitter.Fit(MadePanel.Of(StrategyCalibration.LeastQuestions - 1, Uneven, 5), AnswerKind.Choice, 1);
        Assert.Empty(fit.Calibrations);
        Assert.NotNull(fit.Learned);
    }

    [Fact]
    public void AMapHoldsForItsPanelAlone()
    {
        var fit = PanelFitter.Fit(MadePanel.Of(400, Uneven, 6), AnswerKind.Choice, 1);
        Assert.NotNull(Decide("m0", "m1", "m2", "m3", "m4").CalibratedConfidence);
        Assert.Null(Decide("m0", "m1", "m2", "m3", "x").CalibratedConfidence);

        Decision Decide(params string[] models) => Decider.Decide(new DecisionInput
        {
            Candidates = [.. models.Select(m => new CandidateText(m, m, "The answer is (B)."))],
            Form = new AnswerForm { Kind = AnswerKind.Choice, Choices = ["one", "two", "three"] },
            Fits = [fit],
        });
    }

    [Fact]
    public void AMapOfAllAnswersDoesNotServeEarlyStops()
    {
        var fit = PanelFitter.Fit(MadePanel.Of(400, Uneven, 7), AnswerKind.Choice, 1);
        Assert.Null(fit.CalibrationOf(Strategies.Majority, "certain"));
        Assert.NotNull(fit.CalibrationOf(Strategies.Majority, "off"));
    }

    [Fact]
    public void TheNearestPanelOfTheKindServesAPanelWithAStranger()
    {
        var fit = PanelFitter.FitVotes(MadePanel.Of(100, Uneven, 8), AnswerKind.Choice, 1);
        Assert.Same(fit, PanelFits.Choose([fit], ["m0", "m1", "m2", "m3", "x"], AnswerKind.Choice));
        Assert.Null(PanelFits.Choose([fit], ["m0", "m1", "m2", "x", "y"], AnswerKind.Choice));
        Assert.Null(PanelFits.Choose([fit], ["m0", "m1", "m2", "m3", "m4"], AnswerKind.Number));
    }
}

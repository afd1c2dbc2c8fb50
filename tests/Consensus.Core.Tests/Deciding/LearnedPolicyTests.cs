using Consensus.Core.Answers;
using Consensus.Core.Benchmarks;
using Consensus.Core.Deciding;
using Consensus.Core.Fitting;
using Consensus.Core.Learning;
using Consensus.Core.Stability;
using Consensus.Core.Tests.Learning;

namespace Consensus.Core.Tests.Deciding;

public class LearnedPolicyTests
{
    private static readonly PanelFit Uneven = PanelFitter.Fit(MadePanel.Of(600, [0.95, 0.9, 0.3, 0.3, 0.3], 1), AnswerKind.Choice, 1);
    private static readonly PanelFit Even = PanelFitter.Fit(MadePanel.Of(600, [0.7, 0.7, 0.7, 0.7, 0.7], 2), AnswerKind.Choice, 1);

    [Fact]
    public void TwoStrongModelsBeatThreeWeakOnes()
    {
        var decision = Decide(Uneven, "A", "A", "B", "B", "B");
        Assert.Equal("A", Shown(decision));
        Assert.Equal((DecisionOutcome.Plurality, "learned_posterior"), (decision.Outcome, decision.ConfidenceMethod));

        // Agreement counts heads, and the lead of fewer heads is none.
        Assert.Equal(0.4, decision.Agreement, 1e-12);
        Assert.Equal(0, decision.Margin);
    }

    [Fact]
    public void AnEvenPanelDecidesAsMajorityDoes()
    {
        Assert.False(Even.Learned!.Guard.Adopted);
        var decision = Decide(Even, "A", "A", "B", "B", "B");
        Assert.Equal(("B", "dirichlet_multinomial"), (Shown(decision), decision.ConfidenceMethod));
    }

    [Fact]
    public void WithoutAFitItIsMajority()
    {
        var decision = Decide(null, "A", "A", "B", "B", "B");
        Assert.Equal(("B", null), (Shown(decision), decision.CalibratedConfidence));
    }

    [Fact]
    public void OneVoiceAloneIsNoVerdict()
    {
        var decision = Decide(Uneven, "A", "B", "C", "C", "D");
        Assert.Equal((DecisionOutcome.NoConsensus, null), (decision.Outcome, decision.Confidence));
        Assert.Equal("A", decision.Answers[decision.Clusters[0].Representative]!.Text);
    }

    [Fact]
    public void TheConfidenceIsThePosterior()
    {
        var decision = Decide(Uneven, "A", "A", "B", "C", "B");
        var posterior = Uneven.Learned!.Weights.Posterior(new()
        {
            Votes = [new("m0", 0, 18), new("m1", 0, 18), new("m2", 1, 18), new("m3", 2, 18), new("m4", 1, 18)],
            ClusterCount = 3,
        });
        Assert.Equal(posterior[0], decision.Confidence!.Value, 1e-9);
        Assert.Equal(Uneven.CalibrationOf(Strategies.Learned, "off")!.Map.Apply(posterior[0]), decision.CalibratedConfidence!.Value, 1e-9);
    }

    [Fact]
    public void LosingTheStrongModelFlipsTheVerdict()
    {
        var decision = Decide(Uneven, "A", "A", "B", "B", "B");
        Assert.Equal(StabilityLevel.Fragile, decision.Stability.Level);
        Assert.Contains("m0", decision.Stability.FlipSet);
        Assert.InRange(decision.Stability.Bootstrap!.FlipProbability, 0.05, 0.95);
    }

    [Fact]
    public void ItIsNeverCertainBeforeAllHaveAnswered()
    {
        var input = Input(Uneven, "A", "A", "A", "A", null);
        Assert.False(EarlyStopping.IsCertain(input, [false, false, false, false, true]));
        Assert.True(EarlyStopping.IsCertain(input with { Strategy = Strategies.Majority }, [false, false, false, false, true]));
    }

    [Fact]
    public void TheOrderOfTheCandidatesDoesNotShow()
    {
        var input = Input(Uneven, "A", "B", "B", "A", "C");
        var turned = Decider.Decide(input with { Candidates = [.. input.Candidates.Reverse()] });
        var decision = Decider.Decide(input);
        Assert.Equal((Shown(decision), decision.Confidence, decision.Stability.Bootstrap!.FlipProbability), (Shown(turned), turned.Confidence, turned.Stability.Bootstrap!.FlipProbability));
    }

    [Theory]
    [InlineData("A", "A", "B", "B", null)]
    [InlineData("B", "A", "A", "B", null)]
    public void EqualScoresHaveNoWinnerAndABenchmarkGivesHalfOfThePoint(params string?[] letters) => AssertTied([1, 1, 1, 1, 1], letters);

    [Theory]
    [InlineData("A", "B", "B", null, null)]
    [InlineData("B", "A", "A", null, null)]
    public void EqualScoresHaveNoWinnerWhereOneHasMoreVotes(params string?[] letters) => AssertTied([2, 1, 1, 1, 1], letters);

    private static void AssertTied(double[] weights, string?[] letters)
    {
        var learned = Uneven.Learned!;
        var models = weights.Select((weight, j) => KeyValuePair.Create(MadePanel.Name(j), new LearnedModel(weight))).ToDictionary();
        var input = Input(Uneven with { Learned = learned with { Weights = new LearnedWeights { Models = models, Outside = 0 } } }, letters) with { MinResponses = 1 };
        var turned = input with { Candidates = [.. input.Candidates.Reverse()] };
        foreach (var panel in new[] { input, turned })
        {
            var decision = Decider.Decide(panel);
            Assert.Equal((DecisionOutcome.NoConsensus, null, null), (decision.Outcome, decision.Winner, decision.Confidence));
            foreach (var (gold, credit) in new[] { ("A", 0.5), ("B", 0.5), ("C", 0) })
            {
                var question = new BenchmarkQuestion { Id = "q", Gold = GoldAnswer.Read(gold, input.Form)!, Input = panel };
                var result = QuestionReplay.Score(QuestionReplay.Decide(question));
                Assert.Equal((DecisionOutcome.NoConsensus, credit), (result.Outcome, result.Correct));
                // Of two equal answers and "none of these", at score 0, neither passes a half.
                Assert.Equal(1 / (2 + Math.Exp(-2)), result.Confidence, 1e-9);
            }
        }
    }

    private static Decision Decide(PanelFit? fit, params string[] letters) => Decider.Decide(Input(fit, letters));

    private static DecisionInput Input(PanelFit? fit, params string?[] letters) => new()
    {
        Candidates = [.. letters.Select((letter, j) => new CandidateText(MadePanel.Name(j), MadePanel.Name(j), letter is null ? null : $"The answer is ({letter}).".PadLeft(18)[..18]))],
        Form = new AnswerForm { Kind = AnswerKind.Choice, Choices = ["one", "two", "three", "four"] },
        Strategy = Strategies.Learned,
        Fits = fit is null ? [] : [fit],
    };

    private static string? Shown(Decision decision) => decision.Winner is { } winner ? decision.Answers[winner.Representative]!.Text : null;
}

using Consensus.Core.Answers;
using Consensus.Core.Deciding;
using Consensus.Core.Stability;
using Consensus.Core.Tests.Deciding;

namespace Consensus.Core.Tests.Stability;

public class BootstrapTests
{
    [Fact]
    public void ThreeOfFiveFlipsWhenNoMoreThanTwoAreDrawn()
    {
        // P(X ≤ 2) of a binomial with n = 5 and p = 3/5 is 992/3125; its standard deviation is √(5·0.6·0.4).
        var report = Panel.Of("A", "A", "A", "B", "B").Decide().Stability.Bootstrap!;
        Assert.Equal(992.0 / 3125, report.FlipProbability, 12);
        Assert.Null(report.MonteCarloInterval);
        Assert.Null(report.Replicates);
    }

    [Theory]
    [InlineData(Strategies.Majority, "A", "A", "A", "B", "B")]
    [InlineData(Strategies.Majority, "A", "A", "B", null, "C")]
    [InlineData(Strategies.Supermajority, "A", "A", "A", "A", "B")]
    [InlineData(Strategies.Unanimous, "A", "A", "A", "B", null)]
    [InlineData(Strategies.Weighted, "A", "A", "B", "B", "C")]
    [InlineData(Strategies.Majority, "A", "A", "B", "B", null)]
    public void EnumerationIsWhatDecidingEveryDrawComesTo(string strategy, params string?[] says)
    {
        var panel = Panel.Of(says) with { Reliability = [0.9, 0.6, 0.8, 0.7, 0.55] };
        var input = panel.Input(strategy);
        var decision = Decider.Decide(input);
        var report = decision.Stability.Bootstrap!;

        // Every draw of five from five, in order: 3,125 panels, each as likely as any other.
        var draws = Enumerable.Range(0, 3125).Select(draw => (int[])[draw % 5, draw / 5 % 5, draw / 25 % 5, draw / 125 % 5, draw / 625])
            .Select(drawn => Decider.Decide(input with { Candidates = [.. drawn.Select(i => input.Candidates[i])] }, resample: false)).ToArray();
        Assert.Equal(draws.Count(d => Winner(d) != Winner(decision)) / 3125.0, report.FlipProbability, 10);
        Assert.Equal(Deviation(draws, d => d.Agreement), report.AgreementDeviation, 10);
        Assert.Equal(Deviation(draws, d => d.Entropy), report.EntropyDeviation, 10);

        static string? Winner(Decision d) => d.Winner is null ? null : d.Answers[d.Winner.Representative]!.Key;

        static double Deviation(IReadOnlyList<Decision> draws, Func<Decision, double> figure)
        {
            var mean = draws.Average(figure);
            return Math.Sqrt(draws.Average(d => (figure(d) - mean) * (figure(d) - mean)));
        }
    }

    [Fact]
    public void WinnerThatLosesOnlyItsConsensusIsNoFlip()
    {
        // Three of five drawn for A are a plurality under two thirds and a consensus under one half; the answer is the same.
        var says = Panel.Of("A", "A", "A", "A", "B");
        var strict = says.Decide(Strategies.Supermajority).Stability.Bootstrap!;
        Assert.Equal(181.0 / 3125, strict.FlipProbability, 12);
        Assert.Equal(says.Decide().Stability.Bootstrap, strict);
    }

    [Fact]
    public void LargePanelOfManyTypesIsDrawnAndSaysHowExactly()
    {
        var panel = Panel.Of([.. Enumerable.Range(0, 40).Select(i => Panel.Words[i % 7 % 4])]) with { Reliability = [.. Enumerable.Range(0, 40).Select(i => 0.55 + (i * 0.01))] };
        var report = panel.Decide(Strategies.Weighted).Stability.Bootstrap!;
        Assert.Equal(Bootstrap.Replicates, report.Replicates);
        var interval = report.MonteCarloInterval!.Value;
        Assert.InRange(report.FlipProbability, interval.Low, interval.High);
        Assert.InRange(interval.High - interval.Low, 0.001, 0.07);
    }

    [Fact]
    public void SamplesOfAModelAreDrawnTogether()
    {
        // Two models of three samples each say A, one says B. Drawn as models, B wins with two or three of three: 7/27; drawn one by one it would be seldom.
        var report = Decide("x:A", "x:A", "x:A", "y:A", "y:A", "y:A", "z:B", "z:B", "z:B").Stability;
        Assert.Equal(7.0 / 27, report.Bootstrap!.FlipProbability, 12);
    }

    [Fact]
    public void SamplesOfTheOnlyModelAreDrawnOneByOne()
    {
        var report = Decide("x:A", "x:A", "x:A", "x:B", "x:B").Stability;
        Assert.Equal(992.0 / 3125, report.Bootstrap!.FlipProbability, 12);
    }

    [Fact]
    public void TooFewVotesHaveNoBootstrap() => Assert.Null(Panel.Of("A", "A").Decide().Stability.Bootstrap);

    [Fact]
    public void DecisionOnTheWayHasNoBootstrap() => Assert.Null(Decider.Decide(Panel.Of("A", "A", "B").Input(), resample: false).Stability.Bootstrap);

    [Fact]
    public void RepeatabilityIsTheShareOfAgreeingPairsOfAModelsSamples()
    {
        var report = Decide("x:A", "x:A", "x:B", "y:A", "y:-", "z:A", "w:-", "w:-", "w:B").Stability;
        Assert.Equal(
            [new("w", 1, null), new("x", 3, 1.0 / 3), new("y", 1, null)],
            report.Repeatability);
    }

    private static Decision Decide(params string[] candidates) => Decider.Decide(new DecisionInput
    {
        Candidates = [.. candidates.Select(c => c.Split(':')).Select(c => new CandidateText(c[0], c[0], c[1] == "-" ? null : c[1]))],
        Form = new AnswerForm { Kind = AnswerKind.Choice, Choices = ["red", "green", "blue", "white"] },
        MinResponses = 1,
    });
}

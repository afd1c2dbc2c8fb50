using Consensus.Core.Deciding;
using Consensus.Core.Numerics;
using Consensus.Core.Stability;
using Consensus.Core.Tests.Deciding;
using FsCheck.Xunit;

namespace Consensus.Core.Tests.Stability;

[Properties(Arbitrary = [typeof(Panels)], MaxTest = 100)]
public class BootstrapProperties
{
    private static readonly string[] All = [.. DecisionPolicies.All.Select(p => p.Name)];

    [Property]
    public void FiguresAreInTheirRanges(Panel panel)
    {
        foreach (var report in All.Select(strategy => panel.Decide(strategy).Stability.Bootstrap).OfType<BootstrapReport>())
        {
            Assert.InRange(report.FlipProbability, 0, 1);
            Assert.InRange(report.AgreementDeviation, 0, 0.5);
            Assert.InRange(report.EntropyDeviation, 0, 0.5);
            Assert.Equal(report.Replicates is null, report.MonteCarloInterval is null);
        }
    }

    [Property]
    public void UnanimityOfThreeOrMoreNeverFlips(Panel panel)
    {
        if (panel.Says.Count < 3)
        {
            return;
        }

        var unanimous = panel with { Says = [.. panel.Says.Select(_ => "A")] };
        Assert.All(All.Select(strategy => unanimous.Decide(strategy).Stability.Bootstrap!), report =>
            Assert.Equal((0, 0, 0), (report.FlipProbability, report.AgreementDeviation, report.EntropyDeviation)));
    }

    [Property]
    public void OrderOfCandidatesDoesNotMatter(Panel panel, int seed)
    {
        var order = Enumerable.Range(0, panel.Says.Count).OrderBy(i => HashCode.Combine(i * 7919, seed)).ToArray();
        foreach (var strategy in All)
        {
            var input = panel.Input(strategy);
            Assert.Equal(
                Decider.Decide(input).Stability.Bootstrap,
                Decider.Decide(input with { Candidates = [.. order.Select(i => input.Candidates[i])] }).Stability.Bootstrap);
        }
    }

    [Property(MaxTest = 40)]
    public void DrawingAgreesWithEnumeratingWithinTheMonteCarloError(Panel panel)
    {
        foreach (var strategy in All)
        {
            var (exact, drawn) = BothWays(panel.Input(strategy));

            // The interval holds 95 times of 100. These bounds hold always: 4.5 standard errors, and for a rare flip five more than expected.
            var error = (4.5 * Math.Sqrt(exact.FlipProbability * (1 - exact.FlipProbability) / drawn.Replicates!.Value)) + (5.0 / drawn.Replicates.Value);
            Assert.InRange(drawn.FlipProbability, exact.FlipProbability - error, exact.FlipProbability + error);
        }
    }

    [Fact]
    public void MonteCarloIntervalHoldsTheExactFigureNineteenTimesOfTwenty()
    {
        var random = new SeededRandom(1);
        var held = 0;
        for (var i = 0; i < 400; i++)
        {
            // Reliabilities at random, so that no panel is drawn with the seed of another.
            var says = Enumerable.Range(0, 3 + random.Next(6)).Select(_ => Panel.Words[random.Next(3)]).ToArray();
            var panel = Panel.Of(says) with { Reliability = [.. says.Select(_ => 0.4 + (0.5 * random.NextDouble()))] };
            var (exact, drawn) = BothWays(panel.Input(Strategies.Weighted, minResponses: 1));
            var interval = drawn.MonteCarloInterval!.Value;
            held += exact.FlipProbability >= interval.Low - 1e-9 && exact.FlipProbability <= interval.High + 1e-9 ? 1 : 0;
        }

        // Binomial with a standard deviation of 4.4; panels that never flip are always held.
        Assert.InRange(held, 365, 400);
    }

    private static (BootstrapReport Exact, BootstrapReport Drawn) BothWays(DecisionInput input)
    {
        var (policy, _, ballot, _, _) = Decider.Prepare(input);
        var tally = Tally.Count(ballot);
        var outcome = policy.Decide(tally, ballot.Quorum, ballot.MinResponses);
        var exact = Bootstrap.Measure(policy, ballot, tally, outcome, input, mostEnumerated: int.MaxValue);
        Assert.Null(exact.Replicates);
        return (exact, Bootstrap.Measure(policy, ballot, tally, outcome, input, mostEnumerated: 0));
    }
}

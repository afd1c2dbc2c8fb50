using Consensus.Core.Deciding;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace Consensus.Core.Tests.Deciding;

[Properties(Arbitrary = [typeof(Panels)], MaxTest = 500)]
public class DecisionProperties
{
    private static readonly string[] All = [.. DecisionPolicies.All.Select(p => p.Name)];

    [Property]
    public void EveryVoterIsInExactlyOneCluster(Panel panel)
    {
        var decision = panel.Decide();
        var members = decision.Clusters.SelectMany(c => c.Candidates).ToArray();
        Assert.Equal(Enumerable.Range(0, panel.Says.Count).Where(i => panel.Says[i] is not null), members.Order());
    }

    [Property]
    public void OrderOfCandidatesDoesNotMatter(Panel panel, int seed)
    {
        var order = Enumerable.Range(0, panel.Says.Count).OrderBy(i => HashCode.Combine(i * 7919, seed)).ToArray();
        foreach (var strategy in All)
        {
            var input = panel.Input(strategy);
            var a = Decider.Decide(input);
            var b = Decider.Decide(input with { Candidates = [.. order.Select(i => input.Candidates[i])] });
            Assert.Equal(
                (a.Outcome, a.Agreement, a.Margin, a.Entropy, a.Confidence, a.Stability.Level, a.Stability.Score),
                (b.Outcome, b.Agreement, b.Margin, b.Entropy, b.Confidence, b.Stability.Level, b.Stability.Score));
            Assert.Equal(a.Stability.FlipSet, b.Stability.FlipSet);
            Assert.Equal(Sets(a, i => i), Sets(b, i => order[i]));
        }

        static IEnumerable<string> Sets(Decision decision, Func<int, int> original) =>
            decision.Clusters.Select(c => string.Join(',', c.Candidates.Select(original).Order()));
    }

    [Property]
    public void NumbersAreInTheirRanges(Panel panel)
    {
        foreach (var strategy in All)
        {
            var d = panel.Decide(strategy);
            Assert.InRange(d.Agreement, 0, 1);
            Assert.InRange(d.Margin, 0, d.Agreement);
            Assert.InRange(d.Entropy, 0, 1);
            Assert.InRange(d.Confidence ?? 0, 0, 1);
            Assert.Equal(d.Winner is null, d.Confidence is null);
            Assert.InRange(d.Stability.Score ?? 0, 0, 1);
        }
    }

    [Property]
    public void EntropyIsZeroIffOneCluster(Panel panel)
    {
        foreach (var strategy in All)
        {
            var d = panel.Decide(strategy);
            Assert.Equal(d.Clusters.Count <= 1, d.Entropy == 0);
        }
    }

    [Property]
    public void UnanimityIsMaximal(Panel panel)
    {
        var unanimous = panel with { Says = [.. panel.Says.Select(_ => "A")] };
        foreach (var strategy in All)
        {
            var d = panel.Decide(strategy);
            var u = unanimous.Decide(strategy);
            Assert.Equal(DecisionOutcome.Consensus, u.Outcome);
            Assert.Equal(1, u.Agreement, 12);
            Assert.True((d.Confidence ?? 0) <= u.Confidence + 1e-12);
        }
    }

    [Property]
    public void VoteForTheWinnerNeverLowersConfidence(Panel panel)
    {
        foreach (var strategy in All)
        {
            var before = panel.Decide(strategy);
            if (before.Winner is null)
            {
                continue;
            }

            var winner = before.Answers[before.Clusters[0].Representative]!.Key;
            for (var i = 0; i < panel.Says.Count; i++)
            {
                var says = panel.Says.ToArray();
                says[i] = winner;
                var after = (panel with { Says = says }).Decide(strategy);
                Assert.True(after.Agreement >= before.Agreement - 1e-12);
                Assert.True(after.Confidence >= before.Confidence - 1e-12);
            }
        }
    }

    [Property]
    public void ConfidenceOfUnitVotesIsMonotoneInAgreement(Panel panel, int seed)
    {
        // Another vote pattern of the same asked panel.
        var other = panel with { Says = [.. panel.Says.Select((_, i) => Panel.Words[(int)((uint)HashCode.Combine(i, seed) % 4)])] };
        var (a, b) = (panel.Decide(minResponses: 1), other.Decide(minResponses: 1));
        if (a.Confidence is { } x && b.Confidence is { } y)
        {
            Assert.Equal(Math.Sign(Math.Round(a.Agreement - b.Agreement, 9)), Math.Sign(Math.Round(x - y, 9)));
        }
    }

    [Property]
    public void LoneSurvivorIsNeverConfident(PositiveInt size, PositiveInt survivor)
    {
        var n = 2 + (size.Get % 8);
        var says = new string?[n];
        says[survivor.Get % n] = "A";
        foreach (var strategy in All)
        {
            var d = new Panel(says).Decide(strategy, minResponses: 1);
            Assert.True((d.Confidence ?? 0) <= 0.5, $"{strategy} is {d.Confidence} sure with one answer of {n}");
        }
    }

    [Property]
    public void FlipSetHoldsExactlyTheModelsWhoseAbsenceChangesTheVerdict(Panel panel)
    {
        var d = panel.Decide();
        if (d.Stability.Score is null)
        {
            return;
        }

        string? Winner(Decision x) => x.Winner is null ? null : x.Answers[x.Clusters[0].Representative]!.Key;
        for (var i = 0; i < panel.Says.Count; i++)
        {
            var left = panel.Says.Where((_, j) => j != i).ToArray();
            if (panel.Says[i] is null)
            {
                continue;
            }

            var without = new Panel(left).Decide();
            var stronger = (d.Outcome, without.Outcome) == (DecisionOutcome.Plurality, DecisionOutcome.Consensus);
            var flips = Winner(without) != Winner(d) || (without.Outcome != d.Outcome && !stronger);
            Assert.Equal(flips, d.Stability.FlipSet.Contains($"m{i}"));
        }
    }
}

using Consensus.Core.Answers;
using Consensus.Core.Deciding;
using FsCheck.Xunit;

namespace Consensus.Core.Tests.Deciding;

[Properties(Arbitrary = [typeof(Panels)], MaxTest = 500)]
public class EarlyStoppingTests
{
    [Theory]
    [InlineData(4, 0, 0.96875)] // 1 − ½⁵
    [InlineData(3, 0, 0.9375)]
    [InlineData(2, 2, 0.5)]
    [InlineData(5, 1, 0.9375)] // 1 − (7 + 1)/2⁷, by the binomial sum of I_½(6, 2)
    public void LeadProbabilityIsTheBetaTail(double first, double second, double expected) =>
        Assert.Equal(expected, EarlyStopping.LeadProbability(first, second), 12);

    [Property]
    public void CertainMeansThatNoCompletionChangesWinnerOrOutcome(Panel panel, int outstandingBits, int seed)
    {
        foreach (var strategy in DecisionPolicies.All.Select(p => p.Name))
        {
            var outstanding = panel.Says.Select((_, i) => (outstandingBits >> i & 1) == 1).ToArray();
            var so = panel with { Says = [.. panel.Says.Select((s, i) => outstanding[i] ? null : s)] };
            if (!EarlyStopping.IsCertain(so.Input(strategy), outstanding))
            {
                continue;
            }

            var stopped = so.Decide(strategy);
            for (var round = 0; round < 20; round++)
            {
                var completed = so with { Says = [.. so.Says.Select((s, i) => outstanding[i] ? Completion(i, round) : s)] };
                var finished = completed.Decide(strategy);
                Assert.Equal(stopped.Outcome, finished.Outcome);
                Assert.Equal(WinnerKey(stopped), WinnerKey(finished));
            }
        }

        string? Completion(int i, int round)
        {
            var pick = (int)((uint)HashCode.Combine(i, round, seed) % 5);
            return pick == 4 ? null : Panel.Words[pick];
        }
    }

    [Fact]
    public void ThreeOfFiveAreCertain()
    {
        Assert.True(EarlyStopping.IsCertain(Panel.Of("A", "A", "A", null, null).Input(), [false, false, false, true, true]));
        Assert.False(EarlyStopping.IsCertain(Panel.Of("A", "A", null, null, null).Input(), [false, false, true, true, true]));
    }

    [Fact]
    public void DetectedKindIsCertainOnceMostOfThePanelShowsIt()
    {
        var input = new DecisionInput { Candidates = [new("a", "a", "42"), new("b", "b", "The answer is 42."), new("c", "c", "42"), new("d", "d", null), new("e", "e", null)] };
        Assert.True(EarlyStopping.IsCertain(input, [false, false, false, true, true]));
        Assert.False(EarlyStopping.IsCertain(input with { Candidates = [.. input.Candidates, new("f", "f", null)] }, [false, false, false, true, true, true]));
    }

    [Fact]
    public void FreeTextIsNeverCertainBeforeTheEnd()
    {
        var input = new DecisionInput
        {
            Candidates = [new("a", "a", "Paris"), new("b", "b", "Paris"), new("c", "c", null)],
            Form = new AnswerForm { Kind = AnswerKind.Text },
        };
        Assert.False(EarlyStopping.IsCertain(input, [false, false, true]));
        Assert.True(EarlyStopping.IsCertain(input, [false, false, false]));
    }

    [Theory]
    [InlineData("A A A A", 5, true)]
    [InlineData("A A A", 6, false)]
    [InlineData("A A A", 2, true)] // the margin exceeds what is left
    [InlineData("A A B", 6, false)]
    [InlineData("A", 8, false)]
    public void AdaptiveStopsWhenTheLeadIsSafe(string says, int remaining, bool stops) =>
        Assert.Equal(stops, EarlyStopping.IsEnough(new Panel(says.Split(' ')).Input(), remaining, 0.95));

    private static string? WinnerKey(Decision d) => d.Winner is null ? null : d.Answers[d.Clusters[0].Representative]!.Key;
}

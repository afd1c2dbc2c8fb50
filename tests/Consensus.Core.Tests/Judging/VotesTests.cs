using Consensus.Core.Judging;

namespace Consensus.Core.Tests.Judging;

public class VotesTests
{
    [Theory]
    [InlineData("1-1", 1)]
    [InlineData("2-2", -1)]
    [InlineData("1-2", 0)]
    [InlineData("2-1", 0)]
    [InlineData("1-0", 0.5)]
    [InlineData("0-2", -0.5)]
    [InlineData("0-0", 0)]
    [InlineData("t-1", 0.5)]
    [InlineData("t-t", 0)]
    public void TwoOrdersMergeIntoOneVote(string votes, double merged) => Assert.Equal(merged, Pairs.Of(1, votes).Votes[0].Merged);

    [Fact]
    public void ATieEarnsHalf()
    {
        var pair = Pairs.Of(-1, "1-2", "2-0", "1-1");
        Assert.Equal([0.5, 1, 0], pair.Votes.Select(vote => pair.Credit(vote.Merged)));
    }

    [Fact]
    public void FiguresCountFlipsAndPositionsOverUsableVerdicts()
    {
        // The judge sees four pairs: agrees with itself and is right, follows the first place, has one verdict for the place shown first, has none.
        JudgedPair[] pairs = [Pairs.Of(1, "1-1"), Pairs.Of(1, "1-2"), Pairs.Of(-1, "1-0"), Pairs.Of(1, "0-0")];
        Assert.Equal(new JudgeFigures((1 + 0.5 + 0 + 0.5) / 4, 0.5, 4.0 / 5, 3.0 / 8), JudgeFigures.Of(pairs, 0));
        Assert.Equal(0.5, JudgeFigures.PanelFlipRate(pairs));
    }

    [Fact]
    public void AJudgeWithoutVerdictsHasNoRates() => Assert.Equal(new JudgeFigures(0.5, null, null, 1), JudgeFigures.Of([Pairs.Of(1, "0-0")], 0));

    [Fact]
    public void TheBestJudgeIsRightMostOften()
    {
        JudgedPair[] pairs = [Pairs.Of(1, "1-2", "1-1", "2-2"), Pairs.Of(-1, "2-2", "2-1", "2-2"), Pairs.Of(-1, "2-2", "2-2", "2-2")];
        Assert.Equal(0, BestJudge.Of(pairs[1..]));
        Assert.Equal(1, BestJudge.Of(pairs[..1]));
        Assert.Equal(0, BestJudge.Of(pairs));
        Assert.Throws<ArgumentException>(() => BestJudge.Of([]));
    }

    [Fact]
    public void MajoritiesOfOneAndOfBothOrdersDiffer()
    {
        var pair = Pairs.Of(1, "1-2", "1-2", "2-2");
        Assert.True(PanelVote.OneOrder(pair) > 0);
        Assert.True(PanelVote.BothOrders(pair) < 0);
    }

    [Fact]
    public void DawidSkeneTrustsThoseWhoAgree()
    {
        // Without truths three good judges outvote two that guess, though the guesses may coincide; an exchange of the outputs exchanges the decisions.
        var pairs = Pairs.Draw(5, 400, 0.95, 0.95, 0.95, 0.5, 0.5);
        var decisions = PanelVote.DawidSkene(pairs);
        Assert.True(pairs.Zip(decisions).Average(p => p.First.Credit(p.Second)) > 0.97);
        Assert.All(PanelVote.DawidSkene(Pairs.Exchanged(pairs)).Zip(decisions), pair => Assert.Equal(-pair.Second, pair.First, 1e-6));
    }

    [Fact]
    public void HalvesAreEvenInEveryStratum()
    {
        string[] strata = [.. Enumerable.Repeat("a", 30), .. Enumerable.Repeat("b", 31), .. Enumerable.Repeat("c", 1)];
        var fitting = HalfSplits.Deal(strata, 3);
        Assert.Equal(15, fitting[..30].Count(f => f));
        Assert.InRange(fitting[30..61].Count(f => f), 15, 16);
        Assert.Equal(fitting, HalfSplits.Deal(strata, 3));
        Assert.NotEqual(fitting, HalfSplits.Deal(strata, 4));
    }
}

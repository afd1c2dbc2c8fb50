using Consensus.Core.Ranking;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace Consensus.Core.Tests.Ranking;

[Properties(Arbitrary = [typeof(Elections)], MaxTest = 300)]
public class RankAggregationTests
{
    // Schulze (2011), example 1: 45 voters, five candidates.
    private static readonly (int Voters, string Order)[] FortyFive =
        [(5, "ACBED"), (5, "ADECB"), (8, "BEDAC"), (3, "CABED"), (7, "CAEBD"), (2, "CBADE"), (7, "DCEBA"), (8, "EBADC")];

    [Fact]
    public void SchulzesExampleOfFortyFiveVotersHasItsPublishedPathsAndOrder()
    {
        OptionRanking[] rankings = [.. FortyFive.SelectMany(group => Enumerable.Repeat(OptionRanking.Of(group.Order.Select(c => c - 'A')), group.Voters))];
        int[][] published = [[0, 28, 28, 30, 24], [25, 0, 28, 33, 24], [25, 29, 0, 29, 24], [25, 28, 28, 0, 24], [25, 28, 28, 31, 0]];

        var paths = Schulze.StrongestPaths(new PairwisePreferences(5, rankings));

        Assert.Equal(published.SelectMany(row => row), paths.Cast<int>());
        Assert.Equal("E A C B D", Show(RankAggregation.Order(RankingRule.Schulze, 5, rankings)));
    }

    [Fact]
    public void BordaAndCopelandDifferWhereAMajorityMeetsABroadSecondChoice()
    {
        // Three of five put A first and C last; B is never worse than second.
        OptionRanking[] rankings = [.. Enumerable.Repeat(OptionRanking.Of(0, 1, 2), 3), .. Enumerable.Repeat(OptionRanking.Of(1, 2, 0), 2)];

        Assert.Equal("B A C", Show(RankAggregation.Order(RankingRule.Borda, 3, rankings)));
        Assert.Equal("A B C", Show(RankAggregation.Order(RankingRule.Copeland, 3, rankings)));
        Assert.Equal([0.6, 0.7, 0.2], Borda.Scores(3, rankings).Select(score => Math.Round(score, 9)));
        Assert.Equal([2, 0, -2], Copeland.Scores(new PairwisePreferences(3, rankings)));
    }

    [Theory]
    [InlineData(RankingRule.Borda)]
    [InlineData(RankingRule.Copeland)]
    [InlineData(RankingRule.Schulze)]
    public void ACycleOfEqualStrengthIsATieAndWhatNobodyComparesStandsLast(RankingRule rule)
    {
        OptionRanking[] cycle = [OptionRanking.Of(0, 1, 2), OptionRanking.Of(1, 2, 0), OptionRanking.Of(2, 0, 1), OptionRanking.Of(3)];

        Assert.Equal("A=B=C D", Show(RankAggregation.Order(rule, 4, cycle)));
        Assert.Equal("A=B", Show(RankAggregation.Order(rule, 2, [])));
    }

    [Theory]
    [InlineData(RankingRule.Borda)]
    [InlineData(RankingRule.Copeland)]
    [InlineData(RankingRule.Schulze)]
    public void WhoLeavesAnOptionOutDoesNotVoteAgainstIt(RankingRule rule)
    {
        // Each leaves out its own; all agree that A is the best of what they saw.
        OptionRanking[] rankings = [OptionRanking.Of(1, 2), OptionRanking.Of(0, 2), OptionRanking.Of(0, 1)];

        Assert.Equal("A B C", Show(RankAggregation.Order(rule, 3, rankings)));
    }

    [Property]
    public void AnOptionThatWinsEveryDuelLeadsAloneUnderCopelandAndSchulze(Election election)
    {
        var preferences = new PairwisePreferences(election.Options, election.Rankings);
        int[] winner = [.. Enumerable.Range(0, election.Options).Where(a =>
            Enumerable.Range(0, election.Options).All(b => a == b || preferences[a, b] > preferences[b, a]))];
        if (winner.Length == 1)
        {
            Assert.Equal(winner, RankAggregation.Order(RankingRule.Copeland, election.Options, election.Rankings).Groups[0]);
            Assert.Equal(winner, RankAggregation.Order(RankingRule.Schulze, election.Options, election.Rankings).Groups[0]);
        }
    }

    [Property]
    public void WhatEverybodyPutsBeforeAnotherStandsBeforeIt(Election election, RankingRule rule)
    {
        if (election.Rankings.Count == 0 || election.Rankings.Any(r => r.Count < election.Options))
        {
            return;
        }

        var preferences = new PairwisePreferences(election.Options, election.Rankings);
        var place = Places(RankAggregation.Order(rule, election.Options, election.Rankings), election.Options);
        for (var a = 0; a < election.Options; a++)
        {
            for (var b = 0; b < election.Options; b++)
            {
                Assert.True(preferences[a, b] < election.Rankings.Count || place[a] < place[b]);
            }
        }
    }

    [Property]
    public void TheOrderOfTheRankingsAndTheNumbersOfTheOptionsDoNotMatter(Election election, RankingRule rule, int seed)
    {
        var random = new Random(seed);
        var numbers = Enumerable.Range(0, election.Options).ToArray();
        random.Shuffle(numbers);
        var rankings = election.Rankings.Select(r => new OptionRanking([.. r.Groups.Select(g => (int[])[.. g.Select(o => numbers[o])])])).ToArray();
        random.Shuffle(rankings);

        var places = Places(RankAggregation.Order(rule, election.Options, election.Rankings), election.Options);
        var renamed = Places(RankAggregation.Order(rule, election.Options, rankings), election.Options);
        Assert.Equal(places, numbers.Select(number => renamed[number]));
    }

    [Property]
    public void RankingsTurnedRoundTurnBordasOrderRound(Election election)
    {
        var order = Borda.Scores(election.Options, election.Rankings);
        var reversed = Borda.Scores(election.Options, [.. election.Rankings.Select(r => r.Reversed())]);
        for (var option = 0; option < election.Options; option++)
        {
            if (election.Rankings.Any(r => r.Count > 1 && r.Groups.Any(g => g.Contains(option))))
            {
                Assert.Equal(1, order[option] + reversed[option], 9);
            }
        }
    }

    [Property]
    public void EveryOptionStandsExactlyOnce(Election election, RankingRule rule) =>
        Assert.Equal(Enumerable.Range(0, election.Options), RankAggregation.Order(rule, election.Options, election.Rankings).Groups.SelectMany(g => g).Order());

    [Fact]
    public void RankingsThatAreNoneAreRefused()
    {
        Assert.Throws<ArgumentException>(() => OptionRanking.Of(0, 1, 0));
        Assert.Throws<ArgumentException>(() => OptionRanking.Of(-1));
        Assert.Throws<ArgumentException>(() => new OptionRanking([[0], []]));
        Assert.Throws<ArgumentException>(() => RankAggregation.Order(RankingRule.Borda, 2, [OptionRanking.Of(0, 2)]));
    }

    private static string Show(OptionRanking ranking) =>
        string.Join(' ', ranking.Groups.Select(group => string.Join('=', group.Order().Select(option => (char)('A' + option)))));

    private static int[] Places(OptionRanking ranking, int options) =>
        [.. Enumerable.Range(0, options).Select(option => Enumerable.Range(0, ranking.Groups.Count).First(place => ranking.Groups[place].Contains(option)))];
}

/// <summary>Rankers who each rank some of the options, with ties.</summary>
public sealed record Election(int Options, IReadOnlyList<OptionRanking> Rankings)
{
    public override string ToString() =>
        $"{Options}: {string.Join(" | ", Rankings.Select(r => string.Join(' ', r.Groups.Select(g => string.Join('=', g)))))}";
}

public static class Elections
{
    public static Arbitrary<Election> Election()
    {
        var elections =
            from options in Gen.Choose(1, 6)
            from complete in Gen.Elements(true, false)
            from rankings in Ranking(options, complete).ListOf()
            select new Election(options, [.. rankings.Take(9)]);
        return elections.ToArbitrary();
    }

    private static Gen<OptionRanking> Ranking(int options, bool complete) =>
        from order in Gen.Shuffle(Enumerable.Range(0, options).ToArray())
        from held in complete ? Gen.Constant(options) : Gen.Choose(0, options)
        from ties in Gen.Elements(false, false, true).ArrayOf(options)
        select Grouped([.. order.Take(held)], ties);

    private static OptionRanking Grouped(int[] order, bool[] ties)
    {
        var groups = new List<List<int>>();
        for (var i = 0; i < order.Length; i++)
        {
            if (i > 0 && ties[i])
            {
                groups[^1].Add(order[i]);
            }
            else
            {
                groups.Add([order[i]]);
            }
        }

        return new OptionRanking([.. groups]);
    }
}

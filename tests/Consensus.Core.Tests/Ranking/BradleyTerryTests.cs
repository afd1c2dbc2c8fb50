using System.Text.Json;
using Consensus.Core.Numerics;
using Consensus.Core.Ranking;
using Consensus.Testing;
using FsCheck;
using FsCheck.Xunit;

namespace Consensus.Core.Tests.Ranking;

public class BradleyTerryTests
{
    // eng/oracles/bradley_terry.py: scipy's BFGS on the American League's eastern division of 1987 (Agresti, "Categorical Data Analysis").
    private static readonly JsonElement Oracle = JsonDocument.Parse(Repository.Read("tests/Consensus.Core.Tests/Oracles/bradley_terry.json")).RootElement;

    [Theory]
    [InlineData("Boston", 1.1077)]
    [InlineData("Cleveland", 0.6839)]
    [InlineData("Detroit", 1.4364)]
    [InlineData("Milwaukee", 1.5814)]
    [InlineData("New York", 1.2476)]
    [InlineData("Toronto", 1.2945)]
    public void BaseballTeamsHaveTheirPublishedStrengthsOverBaltimore(string team, double published)
    {
        var strengths = BradleyTerry.Fit(7, Games(), prior: 0);
        var teams = Oracle.GetProperty("teams").Deserialize<string[]>()!;
        Assert.Equal(published, strengths[Array.IndexOf(teams, team)] - strengths[Array.IndexOf(teams, "Baltimore")], 4);
    }

    [Theory]
    [InlineData(0, "logStrengths")]
    [InlineData(1, "withPriorOfOneGame")]
    public void IsWhatTheOracleComputes(double prior, string member)
    {
        var strengths = BradleyTerry.Fit(7, Games(), prior);
        Assert.All(Oracle.GetProperty(member).Deserialize<double[]>()!.Zip(strengths), pair => Assert.Equal(pair.First, pair.Second, 6));
    }

    [Fact]
    public void TwoPlayersHaveTheLogOddsOfTheirGames()
    {
        // Two wins, one loss, one tie: 2.5 against 1.5.
        var strengths = BradleyTerry.Fit(2, [new(0, 1, 1), new(1, 0, 0), new(0, 1, 0), new(1, 0, 0.5)], prior: 0);
        Assert.Equal(Math.Log(2.5 / 1.5), strengths[0] - strengths[1], 9);
        Assert.Equal(0.625, BradleyTerry.WinProbability(strengths[0], strengths[1]), 9);
    }

    [Fact]
    public void UndefeatedAndUnmetPlayersStayFiniteWithThePriorAndAreRefusedWithout()
    {
        Comparison[] games = [.. Enumerable.Repeat(new Comparison(0, 1, 1), 1000), new(1, 2, 1)];
        var strengths = BradleyTerry.Fit(4, games);
        Assert.All(strengths, strength => Assert.InRange(strength, -10, 10));
        Assert.True(strengths[0] > strengths[3] && strengths[3] > strengths[2]);
        Assert.Throws<ArgumentException>(() => BradleyTerry.Fit(4, games, prior: 0));
    }

    [Theory]
    [InlineData(0, 0, 1)]
    [InlineData(0, 3, 1)]
    [InlineData(-1, 0, 1)]
    [InlineData(0, 1, 1.5)]
    [InlineData(0, 1, double.NaN)]
    public void ComparisonThatIsNoneIsRefused(int first, int second, double score) =>
        Assert.Throws<ArgumentException>(() => BradleyTerry.Fit(3, [new(first, second, score)]));

    [Property(MaxTest = 50)]
    public void FittedWinsAreTheWinsThatWere(int seed)
    {
        // At the maximum every player's expected wins, ties and virtual games included, are those counted.
        var random = new SeededRandom((ulong)seed);
        Comparison[] games = [.. Enumerable.Range(0, 60).Select(_ => (First: random.Next(6), Step: 1 + random.Next(5), Score: random.Next(3) / 2.0))
            .Select(game => new Comparison(game.First, (game.First + game.Step) % 6, game.Score))];
        var theta = BradleyTerry.Fit(6, games, prior: 0.5);
        var counted = new double[6];
        var expected = new double[6];
        foreach (var (first, second, score) in games)
        {
            var p = BradleyTerry.WinProbability(theta[first], theta[second]);
            counted[first] += score;
            counted[second] += 1 - score;
            expected[first] += p;
            expected[second] += 1 - p;
        }

        // The virtual opponent is at 0 before the strengths are centred, so the differences are all the same function of one shift: their sum is 0 at that shift.
        var shift = Shift(theta);
        Assert.All(Enumerable.Range(0, 6), i => Assert.Equal(counted[i] + 0.25, expected[i] + (0.5 * BradleyTerry.WinProbability(theta[i], shift)), 6));
    }

    [Fact]
    public void IntervalsHoldTheTrueStrengthsMostly()
    {
        double[] truth = [1, 0.5, 0, -0.5, -1];
        var random = new SeededRandom(9);
        var held = 0;
        for (var study = 0; study < 40; study++)
        {
            Comparison[] games = [.. from round in Enumerable.Range(0, 15)
                                     from i in Enumerable.Range(0, 5)
                                     from j in Enumerable.Range(i + 1, 4 - i)
                                     select new Comparison(i, j, random.NextDouble() < BradleyTerry.WinProbability(truth[i], truth[j]) ? 1 : 0)];
            var intervals = BradleyTerry.Intervals(5, games, seed: 1, replicates: 200);
            Assert.Equal(intervals, BradleyTerry.Intervals(5, games, seed: 1, replicates: 200));
            held += intervals.Zip(truth).Count(pair => pair.First.Low <= pair.Second && pair.Second <= pair.First.High);
        }

        Assert.InRange(held, 180, 199);
    }

    private static List<Comparison> Games()
    {
        var wins = Oracle.GetProperty("wins").Deserialize<int[][]>()!;
        return [.. from i in Enumerable.Range(0, 7) from j in Enumerable.Range(0, 7) from game in Enumerable.Range(0, wins[i][j]) select new Comparison(i, j, 1)];
    }

    private static double Shift(double[] theta)
    {
        double low = -50, high = 50;
        for (var i = 0; i < 200; i++)
        {
            var middle = (low + high) / 2;
            (low, high) = theta.Average(t => BradleyTerry.WinProbability(t, middle)) > 0.5 ? (middle, high) : (low, middle);
        }

        return low;
    }
}

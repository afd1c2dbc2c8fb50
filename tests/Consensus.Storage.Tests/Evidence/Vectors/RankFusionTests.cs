using Consensus.Storage.Evidence.Searching;
using FsCheck.Xunit;

namespace Consensus.Storage.Tests.Evidence.Vectors;

public sealed class RankFusionTests
{
    [Fact]
    public void TheScoreIsTheSumOfTheReciprocalRanks()
    {
        var fused = RankFusion.Fuse(Ranking(1, 2, 3), Ranking(3, 4));
        Assert.Equal([3, 1, 2, 4], Numbers(fused));
        Assert.Equal((1.0 / 63) + (1.0 / 61), fused[0].Score);
        Assert.Equal([1.0 / 61, 1.0 / 62, 1.0 / 62], fused.Skip(1).Select(static place => place.Score));
    }

    [Fact]
    public void EqualsStandByDocumentAndPlace()
    {
        PassagePlace[] one = [new("b", 0, 9), new("a", 700, 8)];
        PassagePlace[] other = [new("a", 700, 0.9), new("b", 0, 0.8)];
        Assert.Equal([("a", 700), ("b", 0)], RankFusion.Fuse(one, other).Select(static place => (place.Document, place.Start)));
        Assert.Equal([("a", 0), ("a", 700)], RankFusion.Fuse([new("a", 700, 1)], [new("a", 0, 1)]).Select(static place => (place.Document, place.Start)));
    }

    [Property(MaxTest = 200)]
    public void WhichRankingComesFirstDoesNotMatter(int[] one, int[] other, int[] third)
    {
        var (a, b, c) = (Ranking(one), Ranking(other), Ranking(third));
        Assert.Equal(RankFusion.Fuse(a, b, c), RankFusion.Fuse(c, a, b));
        Assert.Equal(RankFusion.Fuse(a, b, c), RankFusion.Fuse(b, c, a));
        Assert.Equal(RankFusion.Fuse(a, b), RankFusion.Fuse(b, a, []));
    }

    [Property(MaxTest = 200)]
    public void ScoresOfTheRankingsDoNotMatter(int[] one, int[] other, byte factor)
    {
        var (a, b) = (Ranking(one), Ranking(other));
        PassagePlace[] scaled = [.. a.Select(place => place with { Score = (place.Score * (factor + 1)) + factor })];
        Assert.Equal(RankFusion.Fuse(a, b), RankFusion.Fuse(scaled, b));
    }

    [Property(MaxTest = 200)]
    public void WhatStandsHigherInEachStandsHigherInAll(int[] one, int[] other)
    {
        var (a, b) = (Numbers(Ranking(one)), Numbers(Ranking(other)));
        var fused = Numbers(RankFusion.Fuse(Ranking(one), Ranking(other)));
        foreach (var (higher, lower) in a.Intersect(b).SelectMany(x => a.Intersect(b).Select(y => (x, y))).Where(pair => pair.x != pair.y))
        {
            Assert.True(
                a.IndexOf(higher) > a.IndexOf(lower) || b.IndexOf(higher) > b.IndexOf(lower) || fused.IndexOf(higher) < fused.IndexOf(lower),
                $"{higher} stands before {lower} in both, and not in [{string.Join(", ", fused)}].");
        }
    }

    [Property(MaxTest = 200)]
    public void ARisingPlaceDoesNotFall(int[] one, int[] other, byte at)
    {
        var (a, b) = (Numbers(Ranking(one)), Numbers(Ranking(other)));
        if (a.Count < 2)
        {
            return;
        }

        var i = 1 + (at % (a.Count - 1));
        var (risen, rising) = (a.ToList(), a[i]);
        (risen[i - 1], risen[i]) = (risen[i], risen[i - 1]);
        Assert.True(
            Numbers(RankFusion.Fuse(Ranking([.. risen]), Ranking([.. b]))).IndexOf(rising) <= Numbers(RankFusion.Fuse(Ranking([.. a]), Ranking([.. b]))).IndexOf(rising));
    }

    private static PassagePlace[] Ranking(params int[] numbers) =>
        [.. numbers.Distinct().Select(static (number, i) => new PassagePlace(number.ToString("D12", System.Globalization.CultureInfo.InvariantCulture), 0, 1_000 - i))];

    private static List<int> Numbers(IEnumerable<PassagePlace> places) =>
        [.. places.Select(static place => int.Parse(place.Document, System.Globalization.CultureInfo.InvariantCulture))];
}

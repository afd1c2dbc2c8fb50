using Consensus.Core.Evaluation;
using Consensus.Core.Numerics;

namespace Consensus.Core.Tests.Evaluation;

public class PairedBootstrapTests
{
    [Fact]
    public void TheIntervalIsThatOfTheNormalApproximationForManyCases()
    {
        var random = new SeededRandom(41);
        double[] a = [.. Enumerable.Range(0, 600).Select(_ => random.NextDouble() < 0.7 ? 1.0 : 0)];
        double[] b = [.. a.Select(right => random.NextDouble() < 0.8 ? right : random.NextDouble() < 0.5 ? 1.0 : 0)];
        double[] differences = [.. a.Zip(b, static (x, y) => x - y)];
        var mean = differences.Average();
        var half = 1.959964 * Math.Sqrt(differences.Sum(d => (d - mean) * (d - mean)) / differences.Length / differences.Length);
        var interval = PairedBootstrap.Difference(a, b, 10_000, 1);
        Assert.Equal(mean, interval.Point, 12);
        Assert.Equal(mean - half, interval.Low, 0.003);
        Assert.Equal(mean + half, interval.High, 0.003);
    }

    [Fact]
    public void TheIntervalCoversTheTrueDifferenceAboutAsOftenAsItSays()
    {
        var random = new SeededRandom(42);
        var covered = 0;
        const int Trials = 400;
        for (var trial = 0; trial < Trials; trial++)
        {
            double[] a = [.. Enumerable.Range(0, 120).Select(_ => random.NextDouble() < 0.8 ? 1.0 : 0)];
            double[] b = [.. Enumerable.Range(0, 120).Select(_ => random.NextDouble() < 0.7 ? 1.0 : 0)];
            var interval = PairedBootstrap.Difference(a, b, 400, (ulong)trial);
            covered += interval.Low <= 0.1 && interval.High >= 0.1 ? 1 : 0;
        }

        // 95 % less four standard errors of 400 trials.
        Assert.InRange((double)covered / Trials, 0.905, 0.99);
    }

    [Fact]
    public void EqualSystemsDifferByNothing() =>
        Assert.Equal(default, PairedBootstrap.Difference([1, 0, 1, 1], [1, 0, 1, 1], 200, 1));

    [Fact]
    public void AConstantDifferenceIsCertain() =>
        Assert.Equal(new BootstrapInterval(0.5, 0.5, 0.5), PairedBootstrap.Difference([1, 0.5, 0.75], [0.5, 0, 0.25], 200, 1));

    [Fact]
    public void EqualSeedsGiveEqualIntervals()
    {
        double[] a = [1, 0, 1, 1, 0, 1, 0.5], b = [0, 0, 1, 0, 1, 1, 0];
        Assert.Equal(PairedBootstrap.Difference(a, b, 500, 9), PairedBootstrap.Difference(a, b, 500, 9));
        Assert.NotEqual(PairedBootstrap.Difference(a, b, 500, 9), PairedBootstrap.Difference(a, b, 500, 10));
    }

    [Fact]
    public void GroupsOfOneAreTheSameDraws()
    {
        double[] a = [1, 0, 1, 1, 0, 1, 0.5], b = [0, 0, 1, 0, 1, 1, 0];
        var single = PairedBootstrap.Difference(a, b, 500, 9);
        var grouped = PairedBootstrap.Clustered<int>([0, 1, 2, 3, 4, 5, 6], at => Mean(a, at) - Mean(b, at), 500, 9);
        Assert.Equal(single.Point, grouped.Point, 12);
        Assert.Equal(single.Low, grouped.Low, 12);
        Assert.Equal(single.High, grouped.High, 12);
    }

    [Fact]
    public void CopiesWithinAGroupDoNotNarrowTheInterval()
    {
        var random = new SeededRandom(43);
        double[] values = [.. Enumerable.Range(0, 100).Select(_ => random.NextDouble())];
        double[] copies = [.. values.SelectMany(static value => Enumerable.Repeat(value, 8))];
        var once = PairedBootstrap.Clustered([.. values.Index().Select(static v => v.Index)], at => Mean(values, at), 1000, 5);
        var often = PairedBootstrap.Clustered([.. copies.Index().Select(static v => $"group {v.Index / 8}")], at => Mean(copies, at), 1000, 5);
        Assert.Equal(once.Low, often.Low, 1e-9);
        Assert.Equal(once.High, often.High, 1e-9);
    }

    [Fact]
    public void AReplicateWithoutAStatisticIsLeftOut()
    {
        // The share of true among those whose group is drawn; a replicate without the second group has none.
        bool[] counted = [false, true];
        var interval = PairedBootstrap.Clustered(["a", "b"], at => Any(counted, at) ? 1 : double.NaN, 100, 1);
        Assert.Equal(new BootstrapInterval(1, 1, 1), interval);
        Assert.True(double.IsNaN(PairedBootstrap.Clustered(["a"], static _ => double.NaN, 10, 1).Low));
    }

    [Fact]
    public void RefusesWhatCannotBeResampled()
    {
        Assert.Throws<ArgumentException>(static () => PairedBootstrap.Difference([], [], 10, 1));
        Assert.Throws<ArgumentException>(static () => PairedBootstrap.Difference([1], [1, 2], 10, 1));
        Assert.Throws<ArgumentException>(static () => PairedBootstrap.Difference([double.NaN], [1], 10, 1));
        Assert.Throws<ArgumentOutOfRangeException>(static () => PairedBootstrap.Difference([1], [1], 0, 1));
        Assert.Throws<ArgumentOutOfRangeException>(static () => PairedBootstrap.Difference([1], [1], 10, 1, 1));
        Assert.Throws<ArgumentException>(static () => PairedBootstrap.Clustered<int>([], static _ => 0, 10, 1));
    }

    private static double Mean(double[] values, ReadOnlySpan<int> at)
    {
        var sum = 0.0;
        foreach (var i in at)
            sum += values[i];
        return sum / at.Length;
    }

    private static bool Any(bool[] flags, ReadOnlySpan<int> at)
    {
        foreach (var i in at)
        {
            if (flags[i])
                return true;
        }

        return false;
    }
}

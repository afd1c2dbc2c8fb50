using System.Text.Json;
using Consensus.Core.Agreement;
using Consensus.Core.Numerics;
using Consensus.Testing;

namespace Consensus.Core.Tests.Agreement;

public class KrippendorffAlphaTests
{
    private const double M = double.NaN;

    // Krippendorff (2011), "Computing Krippendorff's Alpha-Reliability", sections C and D.
    private static readonly double?[][] Worked = Table(
        [1, 2, 3, 3, 2, 1, 4, 1, 2, M, M, M], [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, M, 3], [M, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, M], [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, M]);

    [Theory]
    [InlineData(AlphaMetric.Nominal, 0.743)]
    [InlineData(AlphaMetric.Ordinal, 0.815)]
    [InlineData(AlphaMetric.Interval, 0.849)]
    [InlineData(AlphaMetric.Ratio, 0.797)]
    public void PublishedExampleComesOut(AlphaMetric metric, double published) => Assert.Equal(published, KrippendorffAlpha.Of(Worked, metric)!.Value, 3);

    // eng/oracles/alpha.py: disagreements summed over all pairs of values.
    [Fact]
    public void IsWhatTheOracleComputes()
    {
        using var oracle = JsonDocument.Parse(Repository.Read("tests/Consensus.Core.Tests/Oracles/alpha.json"));
        Assert.All(oracle.RootElement.EnumerateArray(), entry =>
        {
            var table = entry.GetProperty("ratings").Deserialize<double?[][]>()!;
            Assert.All(Enum.GetValues<AlphaMetric>(), metric =>
                Assert.Equal(entry.GetProperty(metric.ToString().ToLowerInvariant()).GetDouble(), KrippendorffAlpha.Of(table, metric)!.Value, 12));
        });
    }

    [Fact]
    public void PerfectAgreementIsOneAndPerfectDisagreementOfTwoIsNegative()
    {
        Assert.Equal(1, KrippendorffAlpha.Of(Table([1, 2, 3, M], [1, 2, 3, 2]), AlphaMetric.Ordinal));
        Assert.True(KrippendorffAlpha.Of(Table([1, 2, 1, 2], [2, 1, 2, 1]), AlphaMetric.Nominal) < 0);
    }

    [Fact]
    public void NothingToCompareHasNoAlpha()
    {
        Assert.Null(KrippendorffAlpha.Of(Table([1, 1, 1], [1, 1, 1]), AlphaMetric.Nominal));
        Assert.Null(KrippendorffAlpha.Of(Table([1, M, 2], [M, 1, M]), AlphaMetric.Nominal));
        Assert.Null(KrippendorffAlpha.Of([], AlphaMetric.Nominal));
        Assert.Null(KrippendorffAlpha.Interval(Table([1, 1, 1], [1, 1, 1]), AlphaMetric.Nominal, seed: 1));
    }

    [Fact]
    public void RowsOfUnequalLengthAreRefused() =>
        Assert.Throws<ArgumentException>(() => KrippendorffAlpha.Of(Table([1, 2], [1]), AlphaMetric.Nominal));

    [Fact]
    public void RatersWhoGuessAreAtChance()
    {
        var random = new SeededRandom(11);
        var guesses = Enumerable.Range(0, 4).Select(_ => Enumerable.Range(0, 2000).Select(_ => (double?)random.Next(4)).ToArray()).ToArray();
        Assert.All(Enum.GetValues<AlphaMetric>(), metric => Assert.Equal(0, KrippendorffAlpha.Of(guesses, metric)!.Value, 1.5e-2));
    }

    [Fact]
    public void IntervalHoldsTheTrueValueNineteenTimesOfTwentyOrNearly()
    {
        // Two raters who see the truth with probability 0.8 and else guess one of two: alpha is 0.8² in the long run.
        var random = new SeededRandom(3);
        var held = 0;
        for (var study = 0; study < 200; study++)
        {
            var truth = Enumerable.Range(0, 100).Select(_ => random.Next(2)).ToArray();
            double?[] Rater() => [.. truth.Select(t => (double?)(random.NextDouble() < 0.8 ? t : random.Next(2)))];
            var interval = KrippendorffAlpha.Interval([Rater(), Rater()], AlphaMetric.Nominal, seed: 1, replicates: 200)!.Value;
            held += interval.Low <= 0.64 && interval.High >= 0.64 ? 1 : 0;
        }

        Assert.InRange(held, 178, 199);
    }

    private static double?[][] Table(params double[][] rows) => Array.ConvertAll(rows, row => Array.ConvertAll(row, x => double.IsNaN(x) ? null : (double?)x));
}

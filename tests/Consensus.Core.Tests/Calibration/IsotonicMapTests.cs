using Consensus.Core.Calibration;
using Consensus.Core.Numerics;

namespace Consensus.Core.Tests.Calibration;

public class IsotonicMapTests
{
    [Fact]
    public void UnsmoothedKnotsAreTheBlocksOfScikitLearnWithTheirMeanX() => Assert.All(CalibrationOracle.Read.Maps, static expected =>
    {
        var map = IsotonicMap.Fit(expected.X, expected.Y, expected.Weights, smooth: false);
        Assert.Equal(expected.KnotsX.Length, map.X.Length);
        Assert.All(map.X, (x, i) => Assert.Equal(expected.KnotsX[i], x, 1e-6));
        Assert.All(map.Y, (y, i) => Assert.Equal(expected.KnotsY[i], y, 1e-6));
    });

    [Fact]
    public void TiesAreMergedBeforePooling() =>
        Assert.Equal(new IsotonicMap([0.5, 0.8], [0.5, 1]), IsotonicMap.Fit([0.5, 0.5, 0.8], [1, 0, 1], smooth: false));

    [Fact]
    public void ABlockIsSmoothedByOneHitAndOneMiss()
    {
        var map = IsotonicMap.Fit([0.2, 0.2, 0.2, 0.9, 0.9, 0.9], [0, 0, 1, 1, 1, 1]);
        Assert.Equal([0.2, 0.9], map.X);
        Assert.Equal([2 / 5.0, 4 / 5.0], map.Y);
    }

    [Fact]
    public void BlocksThatSmoothingPutsOutOfOrderArePooledFurther()
    {
        // 8 of 9, then 1 of 1: smoothed 9/11 and 2/3, together 9 of 10: 10/12.
        var map = IsotonicMap.Fit([.. Enumerable.Repeat(0.5, 9), 0.9], [0, 1, 1, 1, 1, 1, 1, 1, 1, 1]);
        Assert.Equal(0.54, Assert.Single(map.X), 12);
        Assert.Equal(10 / 12.0, Assert.Single(map.Y), 12);
    }

    [Fact]
    public void IsLinearBetweenKnotsAndFlatBeyondThem()
    {
        var map = new IsotonicMap([0.4, 0.8], [0.3, 0.7]);
        Assert.Equal(0.3, map.Apply(0));
        Assert.Equal(0.3, map.Apply(0.4));
        Assert.Equal(0.4, map.Apply(0.5), 12);
        Assert.Equal(0.7, map.Apply(0.8));
        Assert.Equal(0.7, map.Apply(1.0000000000000002));
    }

    [Fact]
    public void APointWithoutWeightIsLeftOut() =>
        Assert.Equal(IsotonicMap.Fit([0.3, 0.7], [0, 1]), IsotonicMap.Fit([0.3, 0.5, 0.7], [0, 1, 1], [1, 0, 1]));

    [Fact]
    public void KnotsAreCheckedByName()
    {
        Assert.Contains("at least one", Refusal([], []), StringComparison.Ordinal);
        Assert.Contains("as many", Refusal([0.1, 0.2], [0.1]), StringComparison.Ordinal);
        Assert.Contains("x[1]", Refusal([0.2, 0.2], [0.1, 0.2]), StringComparison.Ordinal);
        Assert.Contains("x[0]", Refusal([double.NaN], [0.1]), StringComparison.Ordinal);
        Assert.Contains("x[1]", Refusal([0.2, 1.1], [0.1, 0.2]), StringComparison.Ordinal);
        Assert.Contains("y[1]", Refusal([0.2, 0.3], [0.5, 0.4]), StringComparison.Ordinal);
        Assert.Contains("y[0]", Refusal([0.2], [double.PositiveInfinity]), StringComparison.Ordinal);

        static string Refusal(double[] x, double[] y) => Assert.Throws<ArgumentException>(() => new IsotonicMap(x, y)).Message;
    }

    [Fact]
    public void PointsAreCheckedByName()
    {
        Assert.Contains("no points", Refusal([], []), StringComparison.Ordinal);
        Assert.Contains("no points", Refusal([0.5], [1], 0), StringComparison.Ordinal);
        Assert.Contains("as many", Refusal([0.5, 0.6], [1]), StringComparison.Ordinal);
        Assert.Contains("Confidence 0 is 1.5", Refusal([1.5], [1]), StringComparison.Ordinal);
        Assert.Contains("Truth 0 is NaN", Refusal([0.5], [double.NaN]), StringComparison.Ordinal);
        Assert.Contains("Weight 0 is -1", Refusal([0.5], [1], -1), StringComparison.Ordinal);

        static string Refusal(double[] x, double[] y, params double[] weights) => Assert.Throws<ArgumentException>(() => IsotonicMap.Fit(x, y, weights)).Message;
    }

    [Fact]
    public void NotANumberHasNoCalibratedConfidence() => Assert.Throws<ArgumentOutOfRangeException>(static () => new IsotonicMap([0.5], [0.5]).Apply(double.NaN));

    [Fact]
    public void RecoversAKnownDistortion()
    {
        var random = new SeededRandom(5);
        double[] x = [.. Enumerable.Range(0, 4000).Select(_ => random.NextDouble())];
        double[] y = [.. x.Select(value => random.NextDouble() < value * value ? 1.0 : 0)];
        var map = IsotonicMap.Fit(x, y);
        var error = Enumerable.Range(0, 101).Average(i => Math.Abs(map.Apply(i / 100.0) - (i * i / 10_000.0)));
        Assert.InRange(error, 0, 0.025);
    }
}

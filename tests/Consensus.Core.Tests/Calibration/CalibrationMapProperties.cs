using Consensus.Core.Calibration;
using Consensus.Core.Numerics;
using FsCheck.Xunit;

namespace Consensus.Core.Tests.Calibration;

[Properties(Arbitrary = [typeof(LabelledSets)], MaxTest = 200)]
public class CalibrationMapProperties
{
    [Property]
    public void EveryMapStaysWithinZeroAndOneAndNeverDecreases(LabelledPoints points)
    {
        foreach (var map in Fits(points))
        {
            double[] values = [.. Enumerable.Range(0, 201).Select(i => map.Apply(i / 200.0))];
            Assert.All(values, static value => Assert.InRange(value, 0, 1));
            Assert.All(values.Zip(values.Skip(1)), pair => Assert.True(pair.First <= pair.Second, $"{map}: {pair}"));
        }
    }

    [Property]
    public void TheOrderOfThePointsDoesNotMatter(LabelledPoints points, ulong seed)
    {
        var order = new SeededRandom(seed).Permutation(points.X.Length);
        Assert.Equal(Fits(points), Fits(points.Reordered(order)));
    }

    [Property]
    public void SmoothingKeepsEveryKnotOffZeroAndOne(LabelledPoints points) =>
        Assert.All(IsotonicMap.Fit(points.X, points.Y).Y, y => Assert.InRange(y, 1.0 / (points.X.Length + 2), 1 - (1.0 / (points.X.Length + 2))));

    [Property]
    public void WithoutSmoothingThePooledPointsKeepTheirMean(LabelledPoints points)
    {
        var map = IsotonicMap.Fit(points.X, points.Y, points.Weights, smooth: false);
        var total = points.Weights.Sum();
        var mean = points.Y.Zip(points.Weights, static (y, w) => y * w).Sum() / total;
        Assert.InRange(mean, map.Y[0] - 1e-12, map.Y[^1] + 1e-12);
        Assert.InRange(points.X.Zip(points.Weights, static (x, w) => x * w).Sum() / total, map.X[0] - 1e-12, map.X[^1] + 1e-12);
    }

    private static CalibrationMap[] Fits(LabelledPoints points) =>
    [
        IsotonicMap.Fit(points.X, points.Y, points.Weights),
        IsotonicMap.Fit(points.X, points.Y, points.Weights, smooth: false),
        PlattMap.Fit(points.X, points.Y, points.Weights),
        TemperatureMap.Fit(points.X, points.Y, points.Weights),
    ];
}

using Consensus.Core.Calibration;
using FsCheck.Xunit;

namespace Consensus.Core.Tests.Calibration;

public class PoolAdjacentViolatorsTests
{
    [Fact]
    public void AgreesWithScikitLearn() => Assert.All(CalibrationOracle.Read.Pav, static expected =>
    {
        var fitted = PoolAdjacentViolators.Fit(expected.Y, expected.Weights);
        Assert.Equal(expected.Fitted.Length, fitted.Length);
        Assert.All(fitted, (value, i) => Assert.Equal(expected.Fitted[i], value, 1e-9));
    });

    [Fact]
    public void PoolsBackAsFarAsNeeded() => Assert.Equal([1, 3, 3, 3, 4], PoolAdjacentViolators.Fit([1, 5, 3, 1, 4]));

    [Fact]
    public void AWeightCountsAsSoManyPoints() =>
        Assert.Equal(PoolAdjacentViolators.Fit([4, 1, 1, 1])[0], PoolAdjacentViolators.Fit([4, 1], [1, 3])[0], 1e-12);

    [Fact]
    public void NoValuesHaveNoFit() => Assert.Empty(PoolAdjacentViolators.Fit([]));

    [Fact]
    public void RefusesWhatCannotBeFitted()
    {
        Assert.Throws<ArgumentException>(static () => PoolAdjacentViolators.Fit([1, double.NaN]));
        Assert.Throws<ArgumentException>(static () => PoolAdjacentViolators.Fit([1, 2], [1, 0]));
        Assert.Throws<ArgumentException>(static () => PoolAdjacentViolators.Fit([1, 2], [1]));
    }

    [Property]
    public void KeepsTheWeightedMeanAndNeverDecreases((short Value, byte Weight)[] points)
    {
        double[] values = [.. points.Select(static p => p.Value / 100.0)];
        double[] weights = [.. points.Select(static p => (p.Weight + 1) / 10.0)];
        var fitted = PoolAdjacentViolators.Fit(values, weights);
        Assert.Equal(values.Zip(weights, static (v, w) => v * w).Sum(), fitted.Zip(weights, static (v, w) => v * w).Sum(), 1e-6);
        Assert.All(fitted.Zip(fitted.Skip(1)), static pair => Assert.True(pair.First <= pair.Second));
    }
}

using Consensus.Core.Calibration;

namespace Consensus.Core.Tests.Calibration;

public class ParametricMapTests
{
    [Fact]
    public void PlattAgreesWithScipy() => Assert.All(CalibrationOracle.Read.Maps, static expected =>
    {
        var map = PlattMap.Fit(expected.X, expected.Y, expected.Weights);
        Assert.Equal(Math.Max(0, expected.Slope), map.Slope, 1e-6);
        Assert.Equal(expected.Intercept, map.Intercept, 1e-6);
    });

    [Fact]
    public void TemperatureAgreesWithScipy() => Assert.All(CalibrationOracle.Read.Maps, static expected =>
        Assert.Equal(1, TemperatureMap.Fit(expected.X, expected.Y, expected.Weights).Temperature / expected.Temperature, 1e-5));

    [Fact]
    public void PlattOfConfidencesThatMisleadIsFlatAtTheMeanTarget()
    {
        var map = PlattMap.Fit([0.9, 0.9, 0.1, 0.1], [0, 0, 1, 1]);
        Assert.Equal(0, map.Slope);
        Assert.Equal(0.5, map.Apply(0.99), 12);
    }

    [Fact]
    public void PlattOfOneConfidenceIsFlatAtTheMeanTarget()
    {
        // Three hits and one miss: targets 4/5 and 1/3.
        var map = PlattMap.Fit([0.7, 0.7, 0.7, 0.7], [1, 1, 1, 0]);
        Assert.Equal(((3 * 4 / 5.0) + (1 / 3.0)) / 4, map.Apply(0.2), 12);
    }

    [Fact]
    public void PlattOfPerfectConfidencesStaysFinite()
    {
        var map = PlattMap.Fit([0, 0, 0, 1, 1, 1], [0, 0, 0, 1, 1, 1]);
        Assert.Equal(0.8, map.Apply(1), 1e-6);
        Assert.Equal(0.2, map.Apply(0), 1e-6);
    }

    [Fact]
    public void TheIdentityIsPlattOfSlopeOneAndTemperatureOne() => Assert.All([0.05, 0.5, 0.93], static raw =>
    {
        Assert.Equal(raw, new PlattMap(1, 0).Apply(raw), 12);
        Assert.Equal(raw, new TemperatureMap(1).Apply(raw), 12);
    });

    [Fact]
    public void TemperatureEndsWhereTheDataKnowNoEnd()
    {
        Assert.Equal(0.01, TemperatureMap.Fit([0.2, 0.8], [0, 1]).Temperature, 9);
        Assert.Equal(100, TemperatureMap.Fit([0.2, 0.8], [1, 0]).Temperature, 9);
    }

    [Fact]
    public void ParametersAreCheckedByName()
    {
        Assert.Equal("slope", Assert.Throws<ArgumentException>(static () => new PlattMap(-0.1, 0)).ParamName);
        Assert.Equal("slope", Assert.Throws<ArgumentException>(static () => new PlattMap(double.NaN, 0)).ParamName);
        Assert.Equal("intercept", Assert.Throws<ArgumentException>(static () => new PlattMap(1, double.NegativeInfinity)).ParamName);
        Assert.Equal("temperature", Assert.Throws<ArgumentException>(static () => new TemperatureMap(0)).ParamName);
        Assert.Equal("temperature", Assert.Throws<ArgumentException>(static () => new TemperatureMap(double.PositiveInfinity)).ParamName);
    }

    [Fact]
    public void EveryMapNamesItsMethod() =>
        Assert.Equal(["isotonic", "platt", "temperature"], new CalibrationMap[] { new IsotonicMap([0], [0]), new PlattMap(1, 0), new TemperatureMap(1) }.Select(m => m.Method));
}

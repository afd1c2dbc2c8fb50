using Consensus.Core.Evaluation;
using Consensus.Core.Tests.Calibration;

namespace Consensus.Core.Tests.Evaluation;

public class ProportionIntervalTests
{
    // Newcombe (1998), "Two-sided confidence intervals for the single proportion: comparison of seven methods", table I, methods 3 and 5.
    [Theory]
    [InlineData(81, 263, 0.2553, 0.3662, 0.2527, 0.3676)]
    [InlineData(15, 148, 0.0624, 0.1605, 0.0578, 0.1617)]
    [InlineData(0, 20, 0.0000, 0.1611, 0.0000, 0.1684)]
    [InlineData(1, 29, 0.0061, 0.1718, 0.0009, 0.1776)]
    public void AgreesWithTheTableOfNewcombe(int hits, int n, double low, double high, double exactLow, double exactHigh)
    {
        var (wilson, exact) = (ProportionInterval.Wilson(hits, n), ProportionInterval.ClopperPearson(hits, n));
        Assert.Equal((low, high), (Math.Round(wilson.Low, 4), Math.Round(wilson.High, 4)));
        Assert.Equal((exactLow, exactHigh), (Math.Round(exact.Low, 4), Math.Round(exact.High, 4)));
    }

    [Fact]
    public void AgreesWithScipy() => Assert.All(CalibrationOracle.Read.Proportions, static expected =>
    {
        var wilson = ProportionInterval.Wilson(expected.Hits, expected.N, expected.Level);
        var exact = ProportionInterval.ClopperPearson(expected.Hits, expected.N, expected.Level);
        Assert.Equal(expected.Wilson[0], wilson.Low, 1e-9);
        Assert.Equal(expected.Wilson[1], wilson.High, 1e-9);
        Assert.Equal(expected.Exact[0], exact.Low, 1e-9);
        Assert.Equal(expected.Exact[1], exact.High, 1e-9);
        Assert.Equal(expected.Upper, ProportionInterval.ClopperPearsonUpper(expected.Hits, expected.N, 1 - expected.Level), 1e-9);
    });

    [Fact]
    public void NoErrorsInTenAreCompatibleWithAQuarter() => Assert.Equal(0.2589, ProportionInterval.ClopperPearsonUpper(0, 10, 0.05), 1e-4);

    [Fact]
    public void SharesOfATieCountInWilson()
    {
        var (low, high) = ProportionInterval.Wilson(10.5, 20);
        Assert.InRange(low, ProportionInterval.Wilson(10, 20).Low, ProportionInterval.Wilson(11, 20).Low);
        Assert.InRange(high, ProportionInterval.Wilson(10, 20).High, ProportionInterval.Wilson(11, 20).High);
    }

    [Fact]
    public void NothingSeenExcludesNothing()
    {
        Assert.Equal((0, 1), ProportionInterval.Wilson(0, 0));
        Assert.Equal((0, 1), ProportionInterval.ClopperPearson(0, 0));
    }

    [Fact]
    public void RefusesCountsAndLevelsOutOfRange()
    {
        Assert.Throws<ArgumentOutOfRangeException>(static () => ProportionInterval.Wilson(3, 2));
        Assert.Throws<ArgumentOutOfRangeException>(static () => ProportionInterval.Wilson(double.NaN, 2));
        Assert.Throws<ArgumentOutOfRangeException>(static () => ProportionInterval.Wilson(1, 2, 1));
        Assert.Throws<ArgumentOutOfRangeException>(static () => ProportionInterval.ClopperPearson(-1, 2));
        Assert.Throws<ArgumentOutOfRangeException>(static () => ProportionInterval.ClopperPearsonUpper(0, 10, 0));
    }
}

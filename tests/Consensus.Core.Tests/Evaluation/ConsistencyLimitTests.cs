using Consensus.Core.Evaluation;
using Consensus.Core.Numerics;

namespace Consensus.Core.Tests.Evaluation;

public class ConsistencyLimitTests
{
    [Fact]
    public void CalibratedForecastsExceedTheirLimitAboutAsOftenAsItSays()
    {
        var random = new SeededRandom(11);
        var exceeded = 0;
        const int Trials = 400;
        for (var trial = 0; trial < Trials; trial++)
        {
            // A coarse grid, so that bins cut through ties.
            double[] forecasts = [.. Enumerable.Range(0, 200).Select(_ => 0.3 + (random.Next(12) / 18.0))];
            double[] truths = [.. forecasts.Select(p => random.NextDouble() < p ? 1.0 : 0)];
            var error = CalibrationError.Expected(CalibrationError.EqualMass(forecasts, truths));
            exceeded += error > ConsistencyLimit.Of(forecasts, (ulong)trial, draws: 200) ? 1 : 0;
        }

        // 5 % and four standard errors of 400 trials.
        Assert.InRange((double)exceeded / Trials, 0.01, 0.095);
    }

    [Fact]
    public void OverconfidentForecastsExceedTheirLimit()
    {
        var random = new SeededRandom(12);
        double[] forecasts = [.. Enumerable.Range(0, 500).Select(_ => 0.6 + (0.4 * random.NextDouble()))];
        double[] truths = [.. forecasts.Select(p => random.NextDouble() < p - 0.15 ? 1.0 : 0)];
        Assert.True(CalibrationError.Expected(CalibrationError.EqualMass(forecasts, truths)) > ConsistencyLimit.Of(forecasts, 1));
    }

    [Fact]
    public void OfOneTossOfAFairCoinItIsOneHalf() => Assert.Equal(0.5, ConsistencyLimit.Of([0.5], 1));

    [Fact]
    public void CertainForecastsCannotErr() => Assert.Equal(0, ConsistencyLimit.Of([0, 0, 1, 1, 1], 1));

    [Fact]
    public void EqualSeedsGiveEqualLimitsInAnyOrder()
    {
        double[] forecasts = [0.9, 0.2, 0.6, 0.6, 0.7, 0.4, 0.8];
        Assert.Equal(ConsistencyLimit.Of(forecasts, 3), ConsistencyLimit.Of([.. forecasts.Reverse()], 3));
    }

    [Fact]
    public void RefusesWhatIsOutOfRange()
    {
        Assert.Throws<ArgumentException>(static () => ConsistencyLimit.Of([], 1));
        Assert.Throws<ArgumentException>(static () => ConsistencyLimit.Of([1.1], 1));
        Assert.Throws<ArgumentOutOfRangeException>(static () => ConsistencyLimit.Of([0.5], 1, draws: 0));
        Assert.Throws<ArgumentOutOfRangeException>(static () => ConsistencyLimit.Of([0.5], 1, quantile: 1.5));
    }
}

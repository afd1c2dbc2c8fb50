using Consensus.Contracts.Benchmarks;
using MathNet.Numerics.Statistics;

namespace Consensus.Cli.Benchmarks.Judges;

/// <summary>Numbers as the report holds them.</summary>
internal static class Figure
{
    public static double Round(double value) => Math.Round(value, 6);

    public static double? Round(double? value) => value is { } given ? Round(given) : null;

    /// <summary>The mean of the splits' gains and, where there are splits, the quantiles between which 95 % of them lie.</summary>
    public static SplitGain Gain(double[] gains, bool ofSplits) => new(Round(gains.Average()), ofSplits ? Quantile(gains, 0.025) : null, ofSplits ? Quantile(gains, 0.975) : null);

    /// <summary>Linear between the order statistics (Hyndman and Fan's seventh definition).</summary>
    private static double Quantile(double[] values, double share) => Round(values.QuantileCustom(share, QuantileDefinition.R7));
}

namespace Consensus.Core.Evaluation;

/// <summary>A statistic of the cases at hand and the interval that resampling them gives it.</summary>
/// <param name="Point">The statistic of the cases themselves.</param>
/// <param name="Low">The lower end of the percentile interval.</param>
/// <param name="High">The upper end.</param>
public readonly record struct BootstrapInterval(double Point, double Low, double High)
{
    /// <summary>The percentile interval of replicates, interpolated linearly between order statistics; those that are not a number are left out.</summary>
    internal static BootstrapInterval Of(double point, double[] replicates, double level)
    {
        double[] sorted = [.. replicates.Where(static value => !double.IsNaN(value)).Order()];
        return sorted.Length == 0
            ? new BootstrapInterval(point, double.NaN, double.NaN)
            : new BootstrapInterval(point, Quantile((1 - level) / 2), Quantile((1 + level) / 2));

        double Quantile(double share)
        {
            var at = share * (sorted.Length - 1);
            var below = (int)at;
            return below + 1 >= sorted.Length ? sorted[^1] : sorted[below] + ((at - below) * (sorted[below + 1] - sorted[below]));
        }
    }
}

namespace Consensus.Cli.Reporting.Plots;

/// <summary>Where axes have their labels.</summary>
internal static class Ticks
{
    /// <summary>Of an axis from 0 to 1.</summary>
    public static double[] Shares { get; } = [0, 0.2, 0.4, 0.6, 0.8, 1];

    /// <summary>At most seven round values within a range that is not empty.</summary>
    public static double[] Within(double from, double to)
    {
        var rough = (to - from) / 6;
        var magnitude = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        var step = magnitude * (rough <= magnitude ? 1 : rough <= 2 * magnitude ? 2 : rough <= 5 * magnitude ? 5 : 10);
        var first = (int)Math.Ceiling((from / step) - 1e-9);
        return [.. Enumerable.Range(first, (int)Math.Floor((to / step) + 1e-9) - first + 1).Select(i => i * step)];
    }
}

using Consensus.Contracts.Benchmarks;

namespace Consensus.Cli.Benchmarks.Live;

/// <summary>Percentiles by nearest rank: each is a time that was measured.</summary>
internal static class Percentiles
{
    /// <summary>The percentiles of what is not <c>null</c>, rounded to a tenth; <c>null</c> without any.</summary>
    public static LatencyFigures? Of(IEnumerable<double?> milliseconds)
    {
        double[] taken = [.. milliseconds.OfType<double>().Order()];
        return taken.Length == 0 ? null : new LatencyFigures(At(.5), At(.95), At(.99));

        double At(double share) => Math.Round(taken[(int)Math.Ceiling(share * taken.Length) - 1], 1);
    }
}

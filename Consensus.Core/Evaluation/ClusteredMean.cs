using System.Runtime.InteropServices;
using MathNet.Numerics.Distributions;

namespace Consensus.Core.Evaluation;

/// <summary>The mean of values that come in clusters, such as the answers of one run, with an interval that does not take them for independent.</summary>
/// <remarks>
/// The mean is a ratio of sums over clusters; its variance is linearized with the clusters as the units and Student's t with one degree of freedom less than there
/// are clusters (Cochran (1977), "Sampling Techniques", section 9A.2; for evaluations of models Miller (2024), "Adding Error Bars to Evals", section 2.2). With one
/// value in each cluster it is the plain t-interval.
/// </remarks>
/// <param name="Mean">The mean of all values.</param>
/// <param name="Low">The low end; <c>null</c> with fewer than two clusters.</param>
/// <param name="High">The high end, likewise.</param>
/// <param name="Count">How many values.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct ClusteredMean(double Mean, double? Low, double? High, int Count)
{
    /// <summary>Computes it; <c>null</c> without any value.</summary>
    /// <param name="clusters">Per cluster the sum of its values and how many they are; empty ones do not count.</param>
    /// <param name="level">The interval's level, in (0, 1).</param>
    public static ClusteredMean? Of(IEnumerable<(double Sum, int Count)> clusters, double level = 0.95)
    {
        (double Sum, int Count)[] filled = [.. clusters.Where(static cluster => cluster.Count > 0)];
        if (filled.Length == 0)
        {
            return null;
        }

        var count = filled.Sum(static cluster => cluster.Count);
        var mean = filled.Sum(static cluster => cluster.Sum) / count;
        if (filled.Length == 1)
        {
            return new ClusteredMean(mean, null, null, count);
        }

        var squares = filled.Sum(cluster => Math.Pow(cluster.Sum - (mean * cluster.Count), 2));
        var error = Math.Sqrt(squares * filled.Length / (filled.Length - 1)) / count;
        var half = error * StudentT.InvCDF(0, 1, filled.Length - 1, 1 - ((1 - level) / 2));
        return new ClusteredMean(mean, mean - half, mean + half, count);
    }
}

using System.Globalization;
using Consensus.Core.Numerics;

namespace Consensus.Benchmarks.Judging;

/// <summary>The difference that judging makes to the median latency, as a share of the median without.</summary>
/// <param name="With">The median with judging, in milliseconds.</param>
/// <param name="Without">The median without.</param>
/// <param name="Low">The lower end of the 95 % interval of the difference.</param>
/// <param name="High">The upper end.</param>
/// <param name="Runs">How many runs were timed.</param>
internal sealed record JudgingFigures(double With, double Without, double Low, double High, int Runs)
{
    /// <summary>The difference must lie within this on either side.</summary>
    public const double Margin = 0.05;

    private const int Replicates = 4_000;

    public double Difference => (With / Without) - 1;

    public bool IsWithin => Low > -Margin && High < Margin;

    public string Text => string.Create(
        CultureInfo.InvariantCulture,
        $"median {With:0.00} ms with judging, {Without:0.00} ms without, over {Runs} runs; difference {Difference:+0.00%;-0.00%} (95 % interval {Low:+0.00%;-0.00%} to {High:+0.00%;-0.00%}): {(IsWithin ? "within" : "NOT within")} ±{Margin:0%}");

    /// <summary>The figures over pairs of blocks; the interval is the percentile bootstrap over whole pairs, since what slows one run slows its neighbours.</summary>
    public static JudgingFigures Of(IReadOnlyList<BlockPair> pairs, ulong seed)
    {
        var random = new SeededRandom(seed);
        var differences = new double[Replicates];
        for (var r = 0; r < Replicates; r++)
        {
            BlockPair[] drawn = [.. Enumerable.Range(0, pairs.Count).Select(_ => pairs[random.Next(pairs.Count)])];
            differences[r] = (Pooled(drawn, pair => pair.With) / Pooled(drawn, pair => pair.Without)) - 1;
        }

        Array.Sort(differences);
        return new JudgingFigures(
            Pooled(pairs, pair => pair.With), Pooled(pairs, pair => pair.Without),
            differences[(int)(Replicates * 0.025)], differences[(int)(Replicates * 0.975)], pairs.Sum(pair => pair.With.Length + pair.Without.Length));
    }

    private static double Pooled(IEnumerable<BlockPair> pairs, Func<BlockPair, double[]> side) => JudgingLoad.Median([.. pairs.SelectMany(side)]);
}

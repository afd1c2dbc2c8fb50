using Consensus.Contracts.Benchmarks;

namespace Consensus.Cli.Reporting.Plots;

/// <summary>By how much each figure is better or worse than the baseline's.</summary>
internal static class ComparisonPlot
{
    private const double RowHeight = 30;

    public static string Of(GateSuiteReport comparison, string id)
    {
        // Calls are counted, not shared out of one: they have no place on this axis.
        var metrics = comparison.Metrics.Where(static metric => metric.Gain is not null && metric.Metric != "calls").ToArray();
        var reach = Math.Max(0.02, metrics.SelectMany(static m => (double[])[Math.Abs(m.Gain!.Low), Math.Abs(m.Gain.High), m.Margin]).DefaultIfEmpty().Max() * 1.15);
        var height = 56 + (metrics.Length * RowHeight);
        var plot = new SvgPlot((-reach, reach), (0, 1), height: height, left: 90).TicksX("gain over the baseline", Ticks.Within(-reach, reach), "+0.###;−0.###;0");
        plot.Line("axis", plot.X(0), 12, plot.X(0), height - 44);
        for (var i = 0; i < metrics.Length; i++)
        {
            var (metric, gain, y) = (metrics[i], metrics[i].Gain!, 12 + ((i + 0.5) * RowHeight));
            plot.Text("tick", 82, y + 4, metric.Metric, "end");
            plot.Line("reference", plot.X(-metric.Margin), y - 10, plot.X(-metric.Margin), y + 10);
            plot.Line("whisker", plot.X(gain.Low), y, plot.X(gain.High), y);
            plot.Dot("mark", plot.X(gain.Value), y, 4.5, $"{metric.Metric}: {Figures.Signed(gain.Value)} ({Figures.Signed(gain.Low)} to {Figures.Signed(gain.High)})");
        }

        return plot.Figure(id, "Against the baseline",
            $"Paired on {comparison.Items} questions, with 95 % intervals by the bootstrap; to the right is better for every figure. "
            + "The dashed marks are the margins: an interval wholly to the left of its mark is a loss.");
    }
}

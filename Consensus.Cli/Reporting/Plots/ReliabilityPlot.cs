using Consensus.Contracts.Benchmarks;

namespace Consensus.Cli.Reporting.Plots;

/// <summary>Confidence against accuracy: on the diagonal, confidence means what it says.</summary>
internal static class ReliabilityPlot
{
    public static string Of(BenchmarkResult run, string id)
    {
        var plot = new SvgPlot((0, 1), (0, 1)).TicksX("confidence", Ticks.Shares, "0.0").TicksY("accuracy", Ticks.Shares, "0.0");
        plot.Path("reference", [(0, 0), (1, 1)]);
        foreach (var bin in run.ReliabilityBins)
        {
            var (x, y) = (plot.X(bin.Confidence), plot.Y(bin.Accuracy));
            plot.Line("whisker", x, plot.Y(bin.Low), x, plot.Y(bin.High));
            plot.Dot("mark", x, y, 3 + (7 * Math.Sqrt((double)bin.Count / run.Items)),
                $"{bin.Count} questions: confidence {bin.Confidence:0.000}, accuracy {bin.Accuracy:0.000} ({bin.Low:0.000} to {bin.High:0.000})");
        }

        return plot.Figure(id, "Reliability diagram",
            $"Each dot is a tenth of the range of {run.ConfidenceUsed} confidence, larger with more questions, with the 95 % interval of its accuracy. "
            + "Above the dashed diagonal the confidence is too low, below it too high.");
    }
}

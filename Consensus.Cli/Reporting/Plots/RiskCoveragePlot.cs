using Consensus.Contracts.Benchmarks;

namespace Consensus.Cli.Reporting.Plots;

/// <summary>How many of the answers are wrong when the less confident are withheld.</summary>
internal static class RiskCoveragePlot
{
    public static string Of(BenchmarkResult run, BenchmarkResult? baseline, string id)
    {
        var most = Math.Max(0.05, run.RiskCoverage.Points.Concat(baseline?.RiskCoverage.Points ?? []).Max(static point => point.Risk) * 1.1);
        var plot = new SvgPlot((0, 1), (0, most)).TicksX("coverage: share of questions answered", Ticks.Shares, "0.0")
            .TicksY("risk: share of these that are wrong", Ticks.Within(0, most), "0.##");
        if (baseline is not null)
        {
            plot.Path("before", Points(baseline));
        }

        plot.Path("line", Points(run));
        foreach (var point in run.RiskCoverage.Points)
        {
            plot.Dot("mark", plot.X(point.Coverage), plot.Y(point.Risk), run.RiskCoverage.Points.Count > 30 ? 1.5 : 3,
                $"from confidence {point.Threshold:0.000} on: {point.Coverage:0.0 %} answered, {point.Risk:0.0 %} of these wrong");
        }

        return plot.Figure(id, "Risk against coverage",
            "From left to right ever less confident answers are given too; a good ranking rises late."
            + (baseline is null ? "" : " The dashed line is the baseline."));
    }

    private static IEnumerable<(double X, double Y)> Points(BenchmarkResult run) => run.RiskCoverage.Points.Select(static point => (point.Coverage, point.Risk));
}

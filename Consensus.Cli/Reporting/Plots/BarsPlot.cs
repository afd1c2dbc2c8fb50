namespace Consensus.Cli.Reporting.Plots;

/// <summary>Shares by name, one bar each.</summary>
internal static class BarsPlot
{
    private const double RowHeight = 26;
    private const double Frame = 56;

    /// <summary>Draws bars from 0 to 1 in the given order.</summary>
    /// <param name="id">Of the drawing.</param>
    /// <param name="title">What it shows.</param>
    /// <param name="description">How to read it.</param>
    /// <param name="axis">What the bars measure.</param>
    /// <param name="bars">At least one.</param>
    /// <param name="lines">Values to compare with, by name.</param>
    public static string Of(string id, string title, string description, string axis, IReadOnlyList<Bar> bars, params IReadOnlyList<(string Name, double Value)> lines)
    {
        var height = Frame + (bars.Count * RowHeight) + (lines.Count * 14);
        var plot = new SvgPlot((0, 1), (0, 1), height: height, left: 190).TicksX(axis, Ticks.Shares, "0.0");
        for (var i = 0; i < bars.Count; i++)
        {
            var (bar, top) = (bars[i], 12 + (lines.Count * 14) + (i * RowHeight));
            plot.Text("tick", 182, top + 15, bar.Name.Length > 28 ? bar.Name[..27] + "…" : bar.Name, "end");
            plot.Bar("bar", plot.X(0), top + 3, plot.X(bar.Value) - plot.X(0), RowHeight - 8, $"{bar.Name}: {bar.Tip}");
            if (bar.Interval is { } interval)
            {
                plot.Line("whisker", plot.X(interval.Low), top + (RowHeight / 2) - 1, plot.X(interval.High), top + (RowHeight / 2) - 1);
            }
        }

        for (var i = 0; i < lines.Count; i++)
        {
            var x = plot.X(lines[i].Value);
            plot.Line("reference", x, 14 + (i * 14), x, height - 44);
            plot.Text("tick", x + (x > 300 ? -4 : 4), 20 + (i * 14), $"{lines[i].Name} {lines[i].Value:0.000}", x > 300 ? "end" : "start");
        }

        return plot.Figure(id, title, description);
    }
}

/// <summary>A bar.</summary>
/// <param name="Name">Its name, safe to show.</param>
/// <param name="Value">Its length, 0 to 1.</param>
/// <param name="Tip">What is said of it where a pointer rests on it.</param>
/// <param name="Interval">Its interval, where it has one.</param>
internal sealed record Bar(string Name, double Value, string Tip, (double Low, double High)? Interval = null);

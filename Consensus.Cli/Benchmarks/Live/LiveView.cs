using Consensus.Cli.Display;
using Consensus.Contracts.Benchmarks;
using Spectre.Console;

namespace Consensus.Cli.Benchmarks.Live;

/// <summary>What was measured of a running system, for people.</summary>
internal static class LiveView
{
    public static void Write(IAnsiConsole console, LiveReport report)
    {
        var table = new Table().Border(TableBorder.None).HideHeaders().AddColumn(new TableColumn("").PadRight(3)).AddColumn("");
        Add("system", SafeText.Line(report.Url, 200));
        Add("panel", SafeText.Line(report.Models is { } models ? string.Join(", ", models) : report.Panel ?? "default", 200));
        Add("questions", $"{report.Requests}, {report.Completed} decided, {report.Concurrency} at a time{(report.Stopped ? ", stopped by Ctrl-C" : "")}");
        Add("throughput", $"{report.RunsPerSecond:0.0} runs/s in {report.Seconds:0.0} s");
        Add("latency", Of(report.LatencyMs));
        Add("overhead", Of(report.OverheadMs));
        Add("… by the system", Of(report.SystemOverheadMs));
        Add("degraded", report.DegradedShare is { } share ? $"{share:0.000} of the runs" : "–");
        foreach (var (code, count) in report.Errors)
        {
            Add("failed", $"{count} × {SafeText.Line(code, 100)}");
        }

        console.Write(table);

        void Add(string name, string figure) => table.AddRow(new Text(name, Styles.Quiet), new Text(figure));
    }

    private static string Of(LatencyFigures? figures) =>
        figures is null ? "–" : $"p50 {figures.P50:0.0} ms · p95 {figures.P95:0.0} ms · p99 {figures.P99:0.0} ms";
}

using Consensus.Cli.Display;
using Consensus.Contracts.Benchmarks;
using Spectre.Console;

namespace Consensus.Cli.Benchmarks.Answers;

/// <summary>Results for people: one line a figure, one column a suite.</summary>
internal static class ResultView
{
    public static void Write(IAnsiConsole console, IReadOnlyList<BenchmarkResult> results)
    {
        var table = new Table().Border(TableBorder.None).AddColumn(new TableColumn("").PadRight(3));
        foreach (var result in results)
        {
            table.AddColumn(new TableColumn(new Text(SafeText.Line(result.Suite, 40), Styles.Strong)).RightAligned().PadRight(2));
        }

        Add("questions", static r => $"{r.Items}");
        Add("strategy", static r => r.Strategy);
        Add("accuracy", static r => Three(r.Accuracy.Value), Styles.Strong);
        Add("… 95 % interval", static r => $"{Three(r.Accuracy.Low)}–{Three(r.Accuracy.High)}", Styles.Quiet);
        Add("best single model", static r => Three(r.BestSingle.Accuracy));
        Add("… which", static r => SafeText.Line(r.BestSingle.Model, 26), Styles.Quiet);
        Add("mean single model", static r => Three(r.MeanSingle));
        Add("ceiling", static r => Three(r.Ceiling));
        Add("AUROC", static r => Three(r.Auroc));
        Add("ECE, equal width", static r => Three(r.Ece.EqualWidth));
        Add("ECE, equal mass", static r => Three(r.Ece.EqualMass));
        Add("Brier score", static r => Three(r.Brier));
        Add("answered, withholding", static r => r.Abstention is { Certified: true } a ? Three(a.Coverage) : "not certified");
        Add("… wrong of those", static r => Three(r.Abstention?.Error), Styles.Quiet);
        Add("stable", static r => $"{Three(r.Stability.Stable.Share)} ({Three(r.Stability.Stable.Accuracy)} right)");
        Add("fragile", static r => $"{Three(r.Stability.Fragile.Share)} ({Three(r.Stability.Fragile.Accuracy)} right)");
        Add("contested", static r => $"{Three(r.Stability.Contested.Share)} ({Three(r.Stability.Contested.Accuracy)} right)");
        Add("stable less fragile", static r => r.Stability.StableLessFragile is { } d ? $"{d.Value:+0.000;-0.000} ({d.Low:+0.000;-0.000} to {d.High:+0.000;-0.000})" : "–");
        Add("calls a question", static r => $"{r.Calls.Mean:0.00} of {r.Calls.Of:0.##}");
        Add("unread responses", static r => $"{r.ExtractionFailures.Values.Sum()}");
        Add("µs a question", static r => $"{r.PerQuestionMicroseconds:0}");
        if (results.Any(static r => r.LatencyMs is not null))
        {
            Add("ms a run, p50 / p95 / p99", static r => r.LatencyMs is { } l ? $"{l.P50:0} / {l.P95:0} / {l.P99:0}" : "–");
            Add("failed runs", static r => $"{r.Errors?.Values.Sum() ?? 0}");
        }

        console.Write(table);

        void Add(string name, Func<BenchmarkResult, string> figure, Style? style = null) =>
            table.AddRow([new Text(name, Styles.Quiet), .. results.Select(result => new Text(figure(result), style))]);
    }

    private static string Three(double? value) => value?.ToString("0.000") ?? "–";
}

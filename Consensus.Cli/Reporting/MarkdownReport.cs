using System.Text;
using Consensus.Cli.Display;

namespace Consensus.Cli.Reporting;

/// <summary>A report in Markdown, with tables for what the page draws.</summary>
internal static class MarkdownReport
{
    public static string Of(IReadOnlyList<ReportedRun> runs)
    {
        var text = new StringBuilder("# Benchmark report\n\n");
        Table(text, Figures.Columns, runs.Select(static run => Figures.Row(run.Result)));
        foreach (var run in runs)
        {
            text.Append("\n## ").Append(Plain(run.Title)).Append("\n\n");
            Table(text, ["figure", "value"], Figures.Details(run.Result).Select(static pair => (IReadOnlyList<string>)[pair.Name, pair.Value]));
            if (run.Comparison is { } comparison)
            {
                text.Append("\n### Against the baseline\n\n").Append($"{comparison.Items} questions that both have{(comparison.Changed ? "; the suite has changed in between" : "")}.\n\n");
                Table(text, Figures.ComparisonColumns, comparison.Metrics.Select(Figures.Row));
            }

            text.Append("\n### Calibration\n\n");
            Table(text, ["confidence", "questions", "mean confidence", "accuracy", "95 % interval"], run.Result.ReliabilityBins.Select(static bin => (IReadOnlyList<string>)
            [
                $"{bin.From:0.0}–{bin.To:0.0}", $"{bin.Count}", Figures.Three(bin.Confidence), Figures.Three(bin.Accuracy),
                $"{Figures.Three(bin.Low)}–{Figures.Three(bin.High)}",
            ]));
            if (run.Result.ByCategory.Count > 0)
            {
                text.Append("\n### Categories\n\n");
                Table(text, ["category", "questions", "accuracy", "95 % interval"], run.Result.ByCategory.Select(static pair => (IReadOnlyList<string>)
                [
                    SafeText.Line(pair.Key), $"{pair.Value.Items}", Figures.Three(pair.Value.Accuracy.Value),
                    $"{Figures.Three(pair.Value.Accuracy.Low)}–{Figures.Three(pair.Value.Accuracy.High)}",
                ]));
            }

            text.Append("\n### Models alone\n\n");
            Table(text, ["model", "accuracy", "without a readable answer"], run.Result.ByModel.Select(pair => (IReadOnlyList<string>)
                [SafeText.Line(pair.Key), Figures.Three(pair.Value), $"{run.Result.ExtractionFailures.GetValueOrDefault(pair.Key)}"]));
        }

        return text.ToString();
    }

    private static void Table(StringBuilder text, IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<string>> rows)
    {
        Row(text, columns);
        Row(text, [.. columns.Select(static _ => "---")]);
        foreach (var row in rows)
        {
            Row(text, [.. row.Select(Plain)]);
        }
    }

    private static void Row(StringBuilder text, IReadOnlyList<string> cells) => text.Append("| ").AppendJoin(" | ", cells).Append(" |\n");

    // Names come from files: none of them is Markdown.
    private static string Plain(string text)
    {
        var plain = new StringBuilder();
        foreach (var c in text)
        {
            plain.Append(c is '\\' or '`' or '*' or '_' or '[' or ']' or '<' or '>' or '|' or '&' or '#' or '~' ? $"\\{c}" : c);
        }

        return plain.ToString();
    }
}

using System.Text;
using Consensus.Cli.Display;
using Consensus.Cli.Reporting.Plots;

namespace Consensus.Cli.Reporting;

/// <summary>A report as one page that asks the network for nothing.</summary>
internal static class HtmlReport
{
    public static string Of(IReadOnlyList<ReportedRun> runs)
    {
        var page = new StringBuilder("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width\">\n")
            .Append("<meta name=\"color-scheme\" content=\"light dark\">\n")
            .Append("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n")
            .Append("<title>Benchmark report</title>\n<style>").Append(ReportStyle.Css).Append("</style>\n</head>\n<body>\n<main>\n<h1>Benchmark report</h1>\n");
        Table(page, "All runs", Figures.Columns, runs.Select(static run => Figures.Row(run.Result)));
        page.Append(Calls(runs));
        for (var i = 0; i < runs.Count; i++)
        {
            Section(page, runs[i], $"r{i}");
        }

        return page.Append("</main>\n</body>\n</html>\n").ToString();
    }

    private static void Section(StringBuilder page, ReportedRun run, string id)
    {
        var result = run.Result;
        page.Append($"<section>\n<h2>{SvgPlot.Escape(run.Title)}</h2>\n<div class=\"plots\">\n")
            .Append(ReliabilityPlot.Of(result, $"{id}-reliability"))
            .Append(RiskCoveragePlot.Of(result, run.Baseline, $"{id}-risk"))
            .Append(BarsPlot.Of(
                $"{id}-models", "Accuracy of the models alone", "The dashed lines are what the panel decided and the share of questions that any model got right.",
                "accuracy",
                [.. result.ByModel.OrderByDescending(static pair => pair.Value)
                    .Select(static pair => new Bar(SafeText.Line(pair.Key), pair.Value, Figures.Three(pair.Value)))],
                ("panel", result.Accuracy.Value), ("ceiling", result.Ceiling)));
        if (result.ByCategory.Count > 0)
        {
            page.Append(BarsPlot.Of(
                $"{id}-categories", "Accuracy by category", "With 95 % intervals; the dashed line is the accuracy over all.", "accuracy",
                [.. result.ByCategory.OrderByDescending(static pair => pair.Value.Accuracy.Value).Select(static pair => new Bar(
                    SafeText.Line(pair.Key), pair.Value.Accuracy.Value, $"{Figures.Three(pair.Value.Accuracy.Value)} of {pair.Value.Items} questions",
                    (pair.Value.Accuracy.Low, pair.Value.Accuracy.High)))],
                ("all", result.Accuracy.Value)));
        }

        if (run.Comparison is { } comparison)
        {
            page.Append(ComparisonPlot.Of(comparison, $"{id}-baseline"));
        }

        page.Append("</div>\n");
        if (run.Comparison is { } compared)
        {
            var caption = $"Against the baseline{(compared.Changed ? ": the suite has changed in between" : "")}";
            Table(page, caption, Figures.ComparisonColumns, compared.Metrics.Select(Figures.Row));
        }

        Table(page, "Figures", ["figure", "value"], Figures.Details(result).Select(static pair => (IReadOnlyList<string>)[pair.Name, pair.Value]));
        page.Append("</section>\n");
    }

    private static string Calls(IReadOnlyList<ReportedRun> runs) => BarsPlot.Of(
        "calls", "Calls saved", "The share of the panel's calls that an early stop did not make; 0 where all models were asked.", "share of calls saved",
        [.. runs.Select(static run => new Bar(
            run.Suite, Figures.Saved(run.Result),
            $"{run.Result.Calls.Mean:0.00} of {run.Result.Calls.Of:0.##} calls a question, {Figures.Saved(run.Result):0.0 %} saved"))]);

    private static void Table(StringBuilder page, string caption, IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<string>> rows)
    {
        page.Append($"<div class=\"table\"><table>\n<caption>{SvgPlot.Escape(caption)}</caption>\n<thead><tr>")
            .AppendJoin("", columns.Select(static column => $"<th scope=\"col\">{SvgPlot.Escape(column)}</th>")).Append("</tr></thead>\n<tbody>\n");
        foreach (var row in rows)
        {
            page.Append($"<tr><th scope=\"row\">{SvgPlot.Escape(row[0])}</th>")
                .AppendJoin("", row.Skip(1).Select(static cell => $"<td>{SvgPlot.Escape(cell)}</td>")).Append("</tr>\n");
        }

        page.Append("</tbody>\n</table></div>\n");
    }
}

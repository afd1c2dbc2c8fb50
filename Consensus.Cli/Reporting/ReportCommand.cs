using System.CommandLine;
using System.Text;
using Consensus.Cli.Benchmarks;
using Consensus.Cli.Benchmarks.Answers;
using Consensus.Contracts.Benchmarks;
using Consensus.Contracts.Json;
using Spectre.Console;

namespace Consensus.Cli.Reporting;

/// <summary><c>consensus report</c>: results of benchmarks as Markdown, a page with plots, and JSON.</summary>
internal sealed class ReportCommand : Command
{
    private readonly Argument<string[]> _runs = new("RUN") { Description = "Results of consensus bench run --json.", Arity = ArgumentArity.OneOrMore };
    private readonly Option<string> _out = new("--out") { Description = "The folder for report.md, report.html and report.json.", HelpName = "folder", Required = true };
    private readonly Option<string> _baseline = new("--baseline") { Description = "Results to compare with, question by question.", HelpName = "file" };

    public ReportCommand(Terminal terminal)
        : base("report", "Write results of benchmarks as Markdown, as one page with plots, and as JSON.")
    {
        Arguments.Add(_runs);
        Options.Add(_out);
        Options.Add(_baseline);
        SetAction((parsed, _) => BenchAction.RunAsync(terminal, () => RunAsync(parsed, terminal)));
    }

    private async Task<int> RunAsync(ParseResult parsed, Terminal terminal)
    {
        BenchmarkResult[] results = [.. parsed.GetRequiredValue(_runs).SelectMany(ResultFile.Read)];
        var runs = ReportedRun.Of(results, parsed.GetValue(_baseline) is { } baseline ? ResultFile.Read(baseline) : []);
        var report = new BenchmarkReport(
            [.. runs.Select(static run => run.Result with { Questions = [] })], [.. runs.Select(static run => run.Comparison).OfType<GateSuiteReport>()]);
        var folder = Directory.CreateDirectory(parsed.GetRequiredValue(_out)).FullName;
        var (markdown, page, json) = (Path.Combine(folder, "report.md"), Path.Combine(folder, "report.html"), Path.Combine(folder, "report.json"));
        AtomicFile.Write(markdown, Encoding.UTF8.GetBytes(MarkdownReport.Of(runs)));
        AtomicFile.Write(page, Encoding.UTF8.GetBytes(HtmlReport.Of(runs)));
        await BenchAction.WriteJsonAsync(terminal, json, report, ConsensusJson.Default.BenchmarkReport);
        foreach (var written in (string[])[markdown, page, json])
        {
            terminal.Out.WriteLine(written);
        }

        return ExitCodes.Answer;
    }
}

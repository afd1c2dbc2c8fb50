using System.CommandLine;
using Consensus.Contracts.Json;
using Spectre.Console;

namespace Consensus.Cli.Benchmarks.Judges;

/// <summary><c>consensus bench judges</c>: how well panels of judges find the better of two outputs.</summary>
internal sealed class JudgesCommand : Command
{
    private readonly Argument<string> _suite = new("SUITE") { Description = "A judges suite: JSON lines, plain or gzip'd (.gz)." };
    private readonly Option<string> _fitted = new("--fitted") { Description = "Score the weights in this file on the whole suite, instead of fitting on halves.", HelpName = "file" };
    private readonly Option<string> _save = new("--save") { Description = "Also fit weights on the whole suite and write them to this file.", HelpName = "file" };
    private readonly Option<string> _json = new("--json") { Description = "Write the report as JSON to this file; \"-\" prints it.", HelpName = "file" };

    public JudgesCommand(Terminal terminal)
        : base("judges", "Measure how well panels of judges find the better of two outputs; no model is asked.")
    {
        Arguments.Add(_suite);
        Options.Add(_fitted);
        Options.Add(_save);
        Options.Add(_json);
        Validators.Add(result =>
        {
            if (result.GetResult(_fitted) is not null && result.GetResult(_save) is not null)
            {
                result.AddError("--fitted scores weights and --save fits them: give one of the two.");
            }
        });
        SetAction((parsed, _) => BenchAction.RunAsync(terminal, () => RunAsync(parsed, terminal)));
    }

    private async Task<int> RunAsync(ParseResult parsed, Terminal terminal)
    {
        var suite = JudgesSuite.Read(parsed.GetRequiredValue(_suite));
        var report = parsed.GetValue(_fitted) is { } file ? JudgesBench.OfFitted(suite, FittedFile.Read(file), file) : JudgesBench.OnHalves(suite);
        if (report.Fitted is { InSample: true })
        {
            terminal.Error.WriteLine("Warning: the weights were fitted on this very suite. The figures are in-sample and say nothing of new pairs.");
        }

        if (parsed.GetValue(_save) is { } target)
        {
            await BenchAction.WriteJsonAsync(terminal, target, FittedFile.Fit(suite), ConsensusJson.Default.FittedJudges);
        }

        await BenchAction.WriteAsync(terminal, parsed.GetValue(_json), report, ConsensusJson.Default.JudgesReport, JudgesView.Write);
        return ExitCodes.Answer;
    }
}

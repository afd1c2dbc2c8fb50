using System.CommandLine;
using Consensus.Cli.Benchmarks.Answers;
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
        SetAction((parsed, cancellationToken) => BenchAction.RunAsync(terminal, () => RunAsync(parsed, terminal, cancellationToken)));
    }

    private async Task<int> RunAsync(ParseResult parsed, Terminal terminal, CancellationToken cancellationToken)
    {
        var (output, target) = (parsed.GetValue(_json), parsed.GetValue(_save));
        var suite = JudgesSuite.Read(parsed.GetRequiredValue(_suite));
        var fitted = parsed.GetValue(_fitted) is { } file ? FittedFile.Read(file) : null;
        var (report, weights) = await BenchProgress.ShowAsync(terminal, output != "-" && target != "-", tell => Task.Run(
            () =>
            {
                Action<int, int> ofSuite = (done, all) => tell(suite.Name, done, all);
                var measured = fitted is null
                    ? JudgesBench.OnHalves(suite, ofSuite, cancellationToken) : JudgesBench.OfFitted(suite, fitted, parsed.GetRequiredValue(_fitted), ofSuite, cancellationToken);
                return (measured, target is null ? null : FittedFile.Fit(suite, (done, all) => tell("weights to save", done, all), cancellationToken));
            },
            cancellationToken));
        if (report.Fitted is { InSample: true })
        {
            terminal.Error.WriteLine("Warning: the weights were fitted on this very suite. The figures are in-sample and say nothing of new pairs.");
        }

        if (weights is not null)
        {
            await BenchAction.WriteJsonAsync(terminal, target!, weights, ConsensusJson.Default.FittedJudges);
        }

        await BenchAction.WriteAsync(terminal, output, report, ConsensusJson.Default.JudgesReport, JudgesView.Write);
        return ExitCodes.Answer;
    }
}

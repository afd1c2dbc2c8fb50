using System.CommandLine;
using System.Text;
using Consensus.Cli.Asking;
using Consensus.Cli.Benchmarks.Live;
using Consensus.Cli.Benchmarks.Publishing;
using Consensus.Cli.Display;
using Spectre.Console;

namespace Consensus.Cli.Benchmarks.Answers;

/// <summary><c>consensus bench run</c>: how well a strategy decides on recorded answers.</summary>
internal sealed class RunCommand : Command
{
    private readonly ReplayArguments _replay;
    private readonly LiveArguments _live;
    private readonly PublishArguments _publish;
    private readonly Option<double> _target = new("--target")
    {
        Description = "The largest allowed share of wrong answers when the less confident are withheld.", HelpName = "share", DefaultValueFactory = static _ => 0.1,
    };

    private readonly Option<string> _json = new("--json") { Description = "Write the results as JSON to this file; \"-\" prints them.", HelpName = "file" };

    public RunCommand(Terminal terminal)
        : base("run", "Decide on the recorded answers of suites and measure accuracy, calibration and stability; no model is asked, but with --live.")
    {
        _replay = new ReplayArguments(this);
        _target.Validators.Add(static result =>
        {
            if (result.GetValueOrDefault<double>() is not (> 0 and < 1))
            {
                result.AddError("--target must lie between 0 and 1.");
            }
        });
        Options.Add(_target);
        Options.Add(_json);
        var key = new ApiKey();
        _live = new LiveArguments(this, key, new Option<Uri>("--live")
        {
            Description = "Ask the running API at this address, and not the recorded answers.", HelpName = "address", CustomParser = OptionParsers.Address,
        });
        _live.ExcludeOthers(this, "--stop", "--shuffle", "--fitted");
        _publish = new PublishArguments(this, key);
        Options.Add(key.Option);
        SetAction((parsed, cancellationToken) => BenchAction.RunAsync(
            terminal, () => RunAsync(parsed, terminal, cancellationToken), IsFile(parsed.GetValue(_json)) ? "Stopped; the same command takes up what is done." : "Stopped."));
    }

    private async Task<int> RunAsync(ParseResult parsed, Terminal terminal, CancellationToken cancellationToken)
    {
        var output = parsed.GetValue(_json);
        using var live = _live.Open(parsed, terminal);
        var options = _replay.Of(parsed) with { Live = live?.Key };
        AnswerSuite[] suites = [.. parsed.GetRequiredValue(_replay.Suites).Select(path => AnswerSuite.Read(path, options.Limit))];
        foreach (var suite in suites.Where(suite => options.FittedOn.Contains(suite.DataSha256, StringComparer.Ordinal)))
        {
            terminal.Error.WriteLine($"Warning: the document was fitted on {SafeText.Line(suite.Name)} itself. Its figures are in-sample and say nothing of new questions.");
        }

        if (!await _publish.IsPossibleAsync(parsed, terminal, cancellationToken))
        {
            return ExitCodes.Error;
        }

        using var partial = IsFile(output) ? PartialResults.Beside(output!) : null;
        var results = await new SuiteRunner(terminal, options, parsed.GetValue(_target), live).RunAsync(suites, partial, output != "-", cancellationToken);
        switch (output)
        {
            case null:
                ResultView.Write(terminal.Out, results);
                break;
            case "-":
                await terminal.Out.Profile.Out.Writer.WriteLineAsync(ResultFile.Text(results));
                break;
            default:
                AtomicFile.Write(output, Encoding.UTF8.GetBytes(ResultFile.Text(results) + "\n"));
                partial!.Remove();
                break;
        }

        return await _publish.PublishAsync(parsed, results, terminal, output == "-" ? terminal.Error : terminal.Out, cancellationToken);
    }

    private static bool IsFile(string? output) => output is not (null or "-");
}

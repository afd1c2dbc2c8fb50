using System.CommandLine;
using Consensus.Cli.Benchmarks;
using Consensus.Cli.Benchmarks.Answers;
using Consensus.Cli.Display;
using Consensus.Contracts.Benchmarks;
using Consensus.Contracts.Json;
using Spectre.Console;

namespace Consensus.Cli.Gating;

/// <summary><c>consensus gate</c>: is a strategy no worse than a committed baseline on the same questions?</summary>
internal sealed class GateCommand : Command
{
    private const double Target = 0.1;

    private readonly Option<string> _baseline = new("--baseline") { Description = "The baseline to compare with, plain or gzip'd (.gz).", HelpName = "file" };
    private readonly Option<string> _thresholds = new("--thresholds") { Description = "Margins per metric, as JSON; else the defaults.", HelpName = "file" };
    private readonly Option<string> _write = new("--write-baseline") { Description = "Write what was measured as a baseline.", HelpName = "file" };
    private readonly Option<string> _json = new("--json") { Description = "Write the findings as JSON to this file; \"-\" prints them.", HelpName = "file" };
    private readonly ReplayArguments _replay;

    public GateCommand(Terminal terminal)
        : base("gate", "Compare a strategy with a committed baseline, question by question. Exit codes: 0 pass, 1 fail, 2 inconclusive, 3 nothing to compare.")
    {
        _replay = new ReplayArguments(this);
        foreach (var option in (Option[])[_baseline, _thresholds, _write, _json])
        {
            Options.Add(option);
        }

        Validators.Add(result =>
        {
            if (result.GetValue(_baseline) is null && result.GetValue(_write) is null)
            {
                result.AddError("--baseline names the file to compare with, or --write-baseline the one to write.");
            }
        });
        SetAction((parsed, cancellationToken) => RunAsync(parsed, terminal, cancellationToken));
    }

    private async Task<int> RunAsync(ParseResult parsed, Terminal terminal, CancellationToken cancellationToken)
    {
        try
        {
            var options = _replay.Of(parsed);
            var thresholds = ThresholdsFile.Read(parsed.GetValue(_thresholds));
            var baseline = parsed.GetValue(_baseline) is { } path ? BaselineFile.Read(path) : null;
            AnswerSuite[] suites = [.. parsed.GetRequiredValue(_replay.Suites).Select(path => AnswerSuite.Read(path, options.Limit))];
            Check(suites, baseline, terminal);
            var output = parsed.GetValue(_json);
            var results = await new SuiteRunner(terminal, options, Target).RunAsync(suites, partial: null, watched: output != "-", cancellationToken);
            var report = baseline is null ? null : Gate.Compare(baseline, results, thresholds);
            if (parsed.GetValue(_write) is { } written)
            {
                BaselineFile.Write(written, results);
            }

            return report is null ? ExitCodes.GatePassed : await TellAsync(report, output, terminal);
        }
        catch (OperationCanceledException)
        {
            terminal.Error.WriteLine("Stopped.");
            return ExitCodes.Cancelled;
        }
        catch (Exception e)
        {
            // Whatever it is: what could not be compared has not failed the gate.
            terminal.Error.WriteLine(SafeText.Line(e.Message, 1_000));
            return ExitCodes.GateUnusable;
        }
    }

    // Before the work, so that a wrong file is told at once.
    private static void Check(AnswerSuite[] suites, GateBaseline? baseline, Terminal terminal)
    {
        if (suites.GroupBy(static suite => suite.Name, StringComparer.Ordinal).FirstOrDefault(static group => group.Skip(1).Any()) is { } twice)
        {
            throw new InvalidDataException($"Two suites are named {twice.Key}.");
        }

        foreach (var suite in baseline is null ? [] : suites)
        {
            var known = Gate.Find(baseline!, suite.Name);
            if (known.DataSha256 != suite.DataSha256)
            {
                var common = suite.Items.Select(static item => item.Id).Intersect(known.Ids, StringComparer.Ordinal).Count();
                terminal.Error.WriteLine(
                    $"{SafeText.Line(suite.Name)} has changed since the baseline ({SafeText.Line(known.DataSha256, 12)} → {suite.DataSha256[..12]}): "
                    + $"compared on the {common} questions that both have.");
            }
        }
    }

    private static async Task<int> TellAsync(GateReport report, string? output, Terminal terminal)
    {
        if (output is not null)
        {
            await BenchAction.WriteJsonAsync(terminal, output, report, ConsensusJson.Default.GateReport);
        }

        if (output != "-")
        {
            GateView.Write(terminal.Out, report);
        }

        return report.Outcome switch
        {
            GateVerdict.Pass => ExitCodes.GatePassed,
            GateVerdict.Fail => ExitCodes.GateFailed,
            _ => ExitCodes.GateInconclusive,
        };
    }
}

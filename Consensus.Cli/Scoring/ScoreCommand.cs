using System.CommandLine;
using Consensus.Cli.Asking;
using Consensus.Cli.Benchmarks;
using Consensus.Cli.Benchmarks.Answers;
using Consensus.Cli.Display;
using Consensus.Contracts.Json;
using Consensus.Contracts.Scoring;
using Spectre.Console;

namespace Consensus.Cli.Scoring;

/// <summary><c>consensus score</c>: has stored runs judged (again), and waits for the scores.</summary>
internal sealed class ScoreCommand : Command
{
    private const int DefaultWaitMs = 600_000;

    /// <summary>Stands for ids on the standard input.</summary>
    private const string FromInput = "-";

    private static readonly TimeSpan RequestLimit = TimeSpan.FromSeconds(30);

    private readonly Argument<string[]> _runs = new("RUN")
    {
        Description = "The ids of stored runs; \"-\" reads them from the standard input, one a line.", Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<string?> _rubric = new("--rubric") { Description = "Judge by this rubric; the configuration's own when not given.", HelpName = "name" };
    private readonly Option<int?> _wait = new("--wait")
    {
        Description = "Wait so long for the scores, e.g. 90s or 5m; 10m when not given, 0 does not wait.", HelpName = "time", CustomParser = OptionParsers.Milliseconds,
    };

    private readonly Option<Uri> _url = new("--url")
    {
        Description = "The API's address.", HelpName = "address", DefaultValueFactory = static _ => new Uri(AskCommand.DefaultUrl), CustomParser = OptionParsers.Address,
    };

    private readonly ApiKey _key = new();
    private readonly Option<string> _json = new("--json") { Description = "Write the outcome as JSON to this file; \"-\" prints it.", HelpName = "file" };

    public ScoreCommand(Terminal terminal)
        : base("score", "Have stored runs judged, also once more, and show what the judges made of them.\n\n"
            + "Exit codes: 0 every run is judged (with --wait 0: every job is made), 1 one is not, 130 stopped by Ctrl-C; the jobs go on without it.")
    {
        Arguments.Add(_runs);
        foreach (var option in (Option[])[_rubric, _wait, _url, _key.Option, _json])
        {
            Options.Add(option);
        }

        _runs.Validators.Add(result =>
        {
            foreach (var wrong in result.Tokens.Select(token => token.Value).Where(text => text != FromInput && !Guid.TryParseExact(text, "D", out _)))
            {
                result.AddError($"'{SafeText.Line(wrong)}' is not the id of a run.");
            }
        });
        SetAction((parsed, cancellationToken) => BenchAction.RunAsync(terminal, () => RunAsync(parsed, terminal, cancellationToken), "Stopped; what was asked for is judged all the same."));
    }

    private async Task<int> RunAsync(ParseResult parsed, Terminal terminal, CancellationToken cancellationToken)
    {
        var url = parsed.GetRequiredValue(_url);
        using var http = new HttpClient { BaseAddress = url, Timeout = RequestLimit };
        if (_key.Client(parsed, terminal, http) is not { } client)
        {
            return ExitCodes.Error;
        }

        var runs = Ids(parsed.GetRequiredValue(_runs), terminal.In);
        var (output, wait) = (parsed.GetValue(_json), TimeSpan.FromMilliseconds(parsed.GetValue(_wait) ?? DefaultWaitMs));
        var session = new ScoreSession(client, parsed.GetValue(_rubric), wait, TimeProvider.System);
        var (scored, stopped) = await BenchProgress.ShowAsync(terminal, output != "-", tell => session.RunAsync(runs, tell, cancellationToken));
        var report = new ScoringReport(url.ToString(), stopped, scored);
        await BenchAction.WriteAsync(terminal, output, report, ConsensusJson.Default.ScoringReport, ScoreView.Write);
        if (stopped)
        {
            terminal.Error.WriteLine("Stopped; what was asked for is judged all the same.");
            return ExitCodes.Cancelled;
        }

        if (report.Runs.FirstOrDefault(run => run.Problem is not null)?.Problem is { } problem)
        {
            ProblemView.Write(terminal.Error, problem, url);
        }
        else if (wait > TimeSpan.Zero && report.Runs.Count(run => run.Job!.State == JudgeJobState.Pending) is > 0 and var left)
        {
            terminal.Error.WriteLine($"{left} of {report.Runs.Count} runs still wait after {wait.TotalSeconds:0.#} s. Is a judge worker running? consensus.scoring.pending and /ready of scoring tell.");
        }

        return report.Runs.All(run => run.Job is { } job && run.Problem is null && (job.State == JudgeJobState.Done || wait == TimeSpan.Zero)) ? ExitCodes.Answer : ExitCodes.Error;
    }

    /// <exception cref="InvalidDataException">A line is no id, or there is none.</exception>
    private static IReadOnlyList<Guid> Ids(string[] given, TextReader input)
    {
        List<Guid> ids = [];
        foreach (var text in given)
        {
            if (text != FromInput)
            {
                ids.Add(Guid.ParseExact(text, "D"));
                continue;
            }

            while (input.ReadLine() is { } line)
            {
                if (!string.IsNullOrWhiteSpace(line))
                {
                    ids.Add(Guid.TryParseExact(line.Trim().Trim('"'), "D", out var id) ? id : throw new InvalidDataException($"'{SafeText.Line(line)}' is not the id of a run."));
                }
            }
        }

        return ids.Count > 0 ? [.. ids.Distinct()] : throw new InvalidDataException("There is no id on the standard input.");
    }
}

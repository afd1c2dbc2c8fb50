using System.CommandLine;
using Consensus.Cli.Asking;
using Consensus.Cli.Benchmarks.Answers;
using Consensus.Cli.Display;
using Consensus.Contracts.Json;
using Spectre.Console;

namespace Consensus.Cli.Benchmarks.Live;

/// <summary><c>consensus bench live</c>: how fast a running system is, and what it adds to its models.</summary>
internal sealed class LiveCommand : Command
{
    private const int DefaultRequests = 100;

    private readonly Option<Uri> _url = new("--url")
    {
        Description = "The API's address.",
        HelpName = "address",
        DefaultValueFactory = static _ => new Uri(AskCommand.DefaultUrl),
        CustomParser = OptionParsers.Address,
    };

    private readonly Option<int?> _requests = new("--requests") { Description = $"Ask so many questions; {DefaultRequests}, where no duration is given.", HelpName = "N" };
    private readonly Option<int?> _duration = new("--duration")
    {
        Description = "Ask for so long, e.g. 10s or 2m; what is under way then is waited for.", HelpName = "time", CustomParser = OptionParsers.Milliseconds,
    };

    private readonly Option<bool> _allowRemote = new("--allow-remote") { Description = "Also ask a system that is not on this machine: its models may cost money." };
    private readonly Option<string> _json = new("--json") { Description = "Write the figures as JSON to this file; \"-\" prints them.", HelpName = "file" };
    private readonly LiveArguments _live;

    public LiveCommand(Terminal terminal)
        : base("live", "Ask a running system generated questions and measure latency, overhead, throughput and failures.")
    {
        var key = new ApiKey();
        _live = new LiveArguments(this, key, _url);
        foreach (var option in (Option[])[key.Option, _requests, _duration, _allowRemote, _json])
        {
            Options.Add(option);
        }

        foreach (var bound in (Option<int?>[])[_requests, _duration])
        {
            bound.Validators.Add(result =>
            {
                if (result.GetValue(bound) < 1)
                {
                    result.AddError($"{bound.Name} must be above 0.");
                }
            });
        }

        Validators.Add(result =>
        {
            if (result.GetValue(_requests) is not null && result.GetValue(_duration) is not null)
            {
                result.AddError("--requests and --duration exclude each other.");
            }

            if (result.GetValue(_url) is { IsLoopback: false } url && !result.GetValue(_allowRemote))
            {
                result.AddError($"{url.Host} is not this machine, and its models may cost money. Give --allow-remote to ask it all the same.");
            }
        });
        SetAction((parsed, cancellationToken) => BenchAction.RunAsync(terminal, () => RunAsync(parsed, terminal, cancellationToken)));
    }

    private async Task<int> RunAsync(ParseResult parsed, Terminal terminal, CancellationToken cancellationToken)
    {
        using var api = _live.Open(parsed, terminal)!;
        var duration = parsed.GetValue(_duration);
        var load = new LiveLoad(
            api,
            parsed.GetValue(_requests) ?? (duration is null ? DefaultRequests : int.MaxValue),
            duration is { } given ? TimeSpan.FromMilliseconds(given) : TimeSpan.MaxValue);
        var output = parsed.GetValue(_json);
        await api.WarmUpAsync(cancellationToken);
        var report = await BenchProgress.ShowAsync(
            terminal, output != "-", tell => load.RunAsync((done, all) => tell("asking", done, all), cancellationToken));
        if (output is not null || report.Completed > 0)
        {
            await BenchAction.WriteAsync(terminal, output, report, ConsensusJson.Default.LiveReport, LiveView.Write);
        }

        if (report.Stopped)
        {
            terminal.Error.WriteLine("Stopped; the figures are of what was done.");
            return ExitCodes.Cancelled;
        }

        var wrong = report.Completed == 0 ? $"Every question failed: {string.Join(", ", report.Errors.Keys)}. {load.FirstFailure}"
            : load.Ended is { } ended ? $"Ended early, the figures are of what was done. {ended}" : null;
        if (wrong is not null)
        {
            terminal.Error.WriteLine(SafeText.Line(wrong, 1_000));
            return ExitCodes.Error;
        }

        return ExitCodes.Answer;
    }
}

using System.CommandLine;
using Consensus.Cli.Asking;
using Consensus.Cli.Benchmarks;
using Consensus.Cli.Display;
using Consensus.Cli.Storage;
using Consensus.Contracts.Client;
using Consensus.Contracts.Json;
using Consensus.Contracts.Retention;

namespace Consensus.Cli.Retention;

/// <summary><c>consensus purge</c>: erases what is kept no longer, through a running API, at the files of one that was stopped, or in a database.</summary>
internal sealed class PurgeCommand : Command
{
    private readonly Option<bool> _dryRun = new("--dry-run") { Description = "Erase nothing, and show what is due." };

    private readonly Option<Uri> _url = new("--url")
    {
        Description = "The API's address; takes a key with the scope admin.", HelpName = "address", DefaultValueFactory = static _ => new Uri(AskCommand.DefaultUrl),
        CustomParser = OptionParsers.Address,
    };

    private readonly Option<DirectoryInfo?> _storage = new("--storage")
    {
        Description = "Purge the run log in this folder (the API's Storage:Folder) while the API is stopped, by the policy that it last ran by; gives the space back, also of files from before.",
        HelpName = "folder",
    };

    private readonly Option<string?> _database = LogPlace.DatabaseOption();
    private readonly ApiKey _key = new();
    private readonly Option<string> _json = new("--json") { Description = "Write the outcome as JSON to this file; \"-\" prints it.", HelpName = "file" };

    public PurgeCommand(Terminal terminal)
        : base("purge", "Erase what is kept no longer by the retention policy. What a tag holds stays.\n\n"
            + "Exit codes: 0 done, also when nothing was due, 1 an error, 130 stopped by Ctrl-C; what was erased by then stands in the audit.")
    {
        foreach (var option in (Option[])[_dryRun, _url, _storage, _database, _key.Option, _json])
        {
            Options.Add(option);
        }

        Validators.Add(result =>
        {
            var places = ((Option[])[_storage, _database]).Where(place => result.GetResult(place) is not null).ToList();
            if (places.Count > 1)
            {
                result.AddError("--storage and --database are two places: name one.");
            }

            if (places is [var place, ..] && (result.GetResult(_url) is { Implicit: false } || result.GetResult(_key.Option) is not null))
            {
                result.AddError($"{place.Name} works on the run log itself: it takes neither --url nor --key.");
            }
        });
        SetAction((parsed, cancellationToken) => BenchAction.RunAsync(
            terminal, () => RunAsync(parsed, terminal, cancellationToken), "Stopped; what was erased by now stands in the audit, and the rest is due as before."));
    }

    private async Task<int> RunAsync(ParseResult parsed, Terminal terminal, CancellationToken cancellationToken)
    {
        var dryRun = parsed.GetValue(_dryRun);
        var receipt = parsed.GetValue(_storage) is { } folder ? await StoppedLog.PurgeAsync(folder.FullName, dryRun, terminal, cancellationToken)
            : parsed.GetValue(_database) is { } database ? await ServerLog.PurgeAsync(database, dryRun, terminal, cancellationToken)
            : await OverApiAsync(parsed, dryRun, terminal, cancellationToken);
        if (receipt is null)
        {
            return ExitCodes.Error;
        }

        await BenchAction.WriteAsync(terminal, parsed.GetValue(_json), receipt, ConsensusJson.Default.PurgeReceipt, PurgeView.Write);
        return ExitCodes.Answer;
    }

    private async Task<PurgeReceipt?> OverApiAsync(ParseResult parsed, bool dryRun, Terminal terminal, CancellationToken cancellationToken)
    {
        var url = parsed.GetRequiredValue(_url);

        // A first purge of a large log takes as long as it takes; Ctrl-C ends it.
        using var http = new HttpClient { BaseAddress = url, Timeout = Timeout.InfiniteTimeSpan };
        if (_key.Client(parsed, terminal, http) is not { } client)
        {
            return null;
        }

        try
        {
            return await client.PurgeAsync(dryRun, cancellationToken);
        }
        catch (ConsensusApiException failure)
        {
            ProblemView.Write(terminal.Error, failure.Problem, url);
            return null;
        }
    }
}

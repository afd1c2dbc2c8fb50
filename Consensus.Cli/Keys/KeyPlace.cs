using System.CommandLine;
using Consensus.Cli.Asking;
using Consensus.Cli.Display;
using Consensus.Cli.Storage;
using Consensus.Contracts.Client;
using Consensus.Storage.Runs;
using Microsoft.Extensions.Logging.Abstractions;
using Spectre.Console;

namespace Consensus.Cli.Keys;

/// <summary>Where the keys are: behind an API, in a storage folder that no service has open, or in a database.</summary>
internal sealed class KeyPlace
{
    private static readonly TimeSpan RequestLimit = TimeSpan.FromSeconds(30);

    private readonly Option<string?> _storage = new("--storage")
    {
        Description = "The storage folder (Storage:Folder of the API), while no API has it open; run this as the user that the API runs as.", HelpName = "folder",
    };

    private readonly Option<Uri> _url = new("--url")
    {
        Description = "The API's address.", HelpName = "address",
        DefaultValueFactory = static _ => new Uri(AskCommand.DefaultUrl), CustomParser = OptionParsers.Address,
    };

    private readonly Option<string?> _database = LogPlace.DatabaseOption();
    private readonly ApiKey _key = new();

    public void AddTo(Command command)
    {
        command.Options.Add(_storage);
        command.Options.Add(_database);
        command.Options.Add(_url);
        command.Options.Add(_key.Option);
        command.Validators.Add(result =>
        {
            var places = ((Option[])[_storage, _database]).Where(place => result.GetResult(place) is not null).ToList();
            if (places.Count > 1)
            {
                result.AddError("--storage and --database are two places: name one.");
            }

            if (places is [var place, ..] && (result.GetResult(_url) is { Implicit: false } || result.GetResult(_key.Option) is not null))
            {
                result.AddError($"{place.Name} opens the run log itself: it goes without --url and --key.");
            }
        });
    }

    /// <summary>Acts where the command line says, and tells what went wrong.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="terminal">The terminal.</param>
    /// <param name="offline">What to do with the open run log.</param>
    /// <param name="online">What to do over the API.</param>
    public async Task<int> ActAsync(ParseResult parsed, Terminal terminal, Func<RunLog, Task<int>> offline, Func<ConsensusClient, Task<int>> online)
    {
        if (parsed.GetValue(_storage) is { } folder)
        {
            var path = Path.Combine(Path.GetFullPath(folder), RunLogRegistration.FileName);
            return await ActAsync(terminal, () => RunLog.OpenAloneAsync(path, TimeProvider.System, NullLogger.Instance, mayCreate: true, CancellationToken.None), offline);
        }

        if (parsed.GetValue(_database) is { } database)
        {
            return LogPlace.FindServer(database, "--database", terminal) is { ConnectionString: { } server }
                ? await ActAsync(terminal, () => LogPlace.OpenAsync(server, mayCreate: true, terminal, CancellationToken.None), offline)
                : ExitCodes.Error;
        }

        var url = parsed.GetRequiredValue(_url);
        using var http = new HttpClient { BaseAddress = url, Timeout = RequestLimit };
        if (_key.Client(parsed, terminal, http) is not { } client)
        {
            return ExitCodes.Error;
        }

        try
        {
            return await online(client);
        }
        catch (ConsensusApiException failure)
        {
            ProblemView.Write(terminal.Error, failure.Problem, url);
            return ExitCodes.Error;
        }
    }

    private static async Task<int> ActAsync(Terminal terminal, Func<Task<RunLog>> open, Func<RunLog, Task<int>> offline)
    {
        try
        {
            await using var log = await open();
            return await offline(log);
        }
        catch (RunLogUnavailableException fault)
        {
            terminal.Error.WriteLine(SafeText.Line(fault.Message, 1_000));
            return ExitCodes.Error;
        }
    }
}

using System.CommandLine;
using Consensus.Cli.Display;
using Consensus.Cli.LongTerm;
using Consensus.Storage.Audit;
using Consensus.Storage.Runs;
using Microsoft.Extensions.Logging.Abstractions;
using Spectre.Console;

namespace Consensus.Cli.Storage;

/// <summary>The options of a command that works on a run log itself: on the files of a stopped API, or on a database beside running ones.</summary>
internal sealed class LogPlace
{
    private const string DefaultFolder = "data";

    private readonly Option<DirectoryInfo?> _storage = new("--storage")
    {
        Description = $"The API's Storage:Folder, while the API is stopped; \"{DefaultFolder}\" when neither this nor a database is named.", HelpName = "folder",
    };

    private readonly Option<string?> _database = DatabaseOption();

    /// <summary>The option for a database.</summary>
    public static Option<string?> DatabaseOption() => new("--database")
    {
        Description = $"The API's PostgreSQL database, also while APIs run: a connection string, or {DatabasePlace.FromEnvironment}NAME for the variable that holds it. "
            + $"The audit key is taken from {AuditOptions.KeyVariable}.",
        HelpName = "place",
    };

    public void AddTo(Command command)
    {
        command.Options.Add(_storage);
        command.Options.Add(_database);
        command.Validators.Add(result =>
        {
            if (result.GetResult(_storage) is not null && result.GetResult(_database) is not null)
            {
                result.AddError("--storage and --database are two places: name one.");
            }
        });
    }

    /// <summary>The place that is named; else the database of the environment, else the usual folder. Null, with the reason told, when a database is named wrongly.</summary>
    public DatabasePlace? Find(ParseResult parsed, Terminal terminal)
    {
        if (parsed.GetValue(_storage) is { } folder)
        {
            return new DatabasePlace(folder.FullName, ConnectionString: null);
        }

        var isNamed = parsed.GetValue(_database) is not null;
        return !isNamed && string.IsNullOrWhiteSpace(terminal.Environment(DatabasePlace.Variable))
            ? new DatabasePlace(DefaultFolder, ConnectionString: null)
            : FindServer(parsed.GetValue(_database) ?? DatabasePlace.FromEnvironment + DatabasePlace.Variable, isNamed ? "--database" : DatabasePlace.Variable, terminal);
    }

    /// <summary>A database that is named; null, with the reason told, when it is named wrongly.</summary>
    /// <param name="text">Its name.</param>
    /// <param name="where">Where it is named, for people.</param>
    /// <param name="terminal">The terminal.</param>
    public static DatabasePlace? FindServer(string text, string where, Terminal terminal)
    {
        var place = DatabasePlace.ReadServer(text, terminal.Environment, out var fault);
        if (place is null)
        {
            terminal.Error.WriteLine(SafeText.Line($"{where} {fault}", 1_000));
        }

        return place;
    }

    /// <summary>Does something with the log; one that cannot be had, or a file that is none, is told in a line.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="terminal">Where failures are told.</param>
    /// <param name="mayCreate">Whether a log that is not there is made.</param>
    /// <param name="work">What to do.</param>
    /// <param name="stopped">What is said after Ctrl-C.</param>
    /// <param name="cancellationToken">Ctrl-C.</param>
    public async Task<int> WithLogAsync(
        ParseResult parsed, Terminal terminal, bool mayCreate, Func<RunLog, Task<int>> work, string stopped, CancellationToken cancellationToken) => Find(parsed, terminal) switch
        {
            null => ExitCodes.Error,
            { ConnectionString: { } server } => await StorageOption.GuardedAsync(
                terminal,
                async () =>
                {
                    await using var log = await OpenAsync(server, mayCreate, terminal, cancellationToken);
                    return await work(log);
                },
                stopped),
            { Folder: var folder } => await StorageOption.WithLogAsync(terminal, new DirectoryInfo(folder!), mayCreate, work, stopped, cancellationToken),
        };

    /// <summary>Refuses a database for what is only done with files.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="terminal">Where it is told.</param>
    /// <param name="reason">Why, and what to do instead.</param>
    /// <param name="work">What is done with the folder.</param>
    public async Task<int> WithFolderAsync(ParseResult parsed, Terminal terminal, string reason, Func<DirectoryInfo, Task<int>> work)
    {
        if (Find(parsed, terminal) is not { } place)
        {
            return ExitCodes.Error;
        }

        if (place.Folder is { } folder)
        {
            return await work(new DirectoryInfo(folder));
        }

        terminal.Error.WriteLine(reason);
        return ExitCodes.Error;
    }

    /// <summary>Opens the log in a database.</summary>
    /// <exception cref="RunLogUnavailableException">It cannot be had.</exception>
    public static Task<RunLog> OpenAsync(string connectionString, bool mayCreate, Terminal terminal, CancellationToken cancellationToken) =>
        RunLog.OpenServerAsync(connectionString, AuditOptions.OfEnvironment(terminal.Environment), mayCreate, TimeProvider.System, NullLogger.Instance, cancellationToken);
}

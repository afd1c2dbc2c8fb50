using System.CommandLine;
using System.CommandLine.Parsing;
using Consensus.Cli.Asking;
using Consensus.Cli.Display;
using Spectre.Console;

namespace Consensus.Cli.Benchmarks.Live;

/// <summary>Which API a command asks and whom of it, on the command line.</summary>
internal sealed class LiveArguments
{
    private const int MostAtOnce = 256;

    private readonly Option<Uri> _url;
    private readonly ApiKey _key;
    private readonly Option<string> _models = new("--models") { Description = "The models to ask (provider/model), with commas between them.", HelpName = "a,b" };
    private readonly Option<string> _panel = new("--panel") { Description = "A configured panel to ask.", HelpName = "name" };
    private readonly Option<int> _concurrency = new("--concurrency")
    {
        Description = "How many questions are under way at a time.", HelpName = "N", DefaultValueFactory = static _ => 4,
    };

    /// <summary>Adds the options to a command.</summary>
    /// <param name="command">The command.</param>
    /// <param name="key">Its option that has the key, which the command itself adds.</param>
    /// <param name="url">Its option that has the address.</param>
    public LiveArguments(Command command, ApiKey key, Option<Uri> url)
    {
        (_key, _url) = (key, url);
        _concurrency.Validators.Add(static result =>
        {
            if (result.GetValueOrDefault<int>() is not (>= 1 and <= MostAtOnce))
            {
                result.AddError($"--concurrency must lie between 1 and {MostAtOnce}.");
            }
        });
        foreach (var option in (Option[])[_url, _models, _panel, _concurrency])
        {
            command.Options.Add(option);
        }

        command.Validators.Add(result =>
        {
            if (IsGiven(result, _models) && IsGiven(result, _panel))
            {
                result.AddError("--models and --panel exclude each other.");
            }
        });
    }

    /// <summary>Refuses options that only make sense with an address, and those that make none with it.</summary>
    /// <param name="command">The command whose address is optional.</param>
    /// <param name="replayOnly">The names of options of replaying.</param>
    public void ExcludeOthers(Command command, params string[] replayOnly) => command.Validators.Add(result =>
    {
        var live = IsGiven(result, _url);
        var wrong = live
            ? command.Options.Where(option => replayOnly.Contains(option.Name, StringComparer.Ordinal))
            : [_models, _panel, _concurrency];
        foreach (var option in wrong.Where(option => IsGiven(result, option)))
        {
            result.AddError(live ? $"{option.Name} is of recorded answers; it cannot be had with {_url.Name}." : $"{option.Name} needs {_url.Name}.");
        }
    });

    /// <summary>The API that is asked for; <c>null</c> without an address.</summary>
    /// <exception cref="InvalidDataException">No header can carry the key.</exception>
    public LiveApi? Open(ParseResult parsed, Terminal terminal) => parsed.GetValue(_url) is not { } address ? null
        : new LiveApi(address, _key.Of(parsed, terminal), notice => terminal.Error.WriteLine(DeprecationLine.Of(notice)))
        {
            Models = parsed.GetValue(_models)?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries),
            Panel = parsed.GetValue(_panel),
            Concurrency = parsed.GetValue(_concurrency),
        };

    private static bool IsGiven(CommandResult result, Option option) => result.GetResult(option) is { Implicit: false };
}

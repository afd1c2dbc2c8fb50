using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Text.Json;
using Consensus.Contracts.Json;
using Consensus.Contracts.Keys;
using Consensus.Storage.Keys;
using Consensus.Storage.Runs;
using Spectre.Console;

namespace Consensus.Cli.Keys;

/// <summary><c>consensus keys create</c>.</summary>
internal sealed class CreateKeyCommand : Command
{
    private readonly Argument<string> _name = new("NAME") { Description = "The key's name for ever: lower-case letters, digits, dots and hyphens." };
    private readonly Option<string[]> _scopes = new("--scope", "-s")
    {
        Description = "What it may do: run, read, admin, worker; repeat for more.", HelpName = "scope", Required = true,
    };

    private readonly Option<DateTimeOffset?> _expires = new("--expires")
    {
        Description = "When it ends: after a time such as 90d or 12h, or at 2027-01-31T00:00:00Z; never when not given.",
        HelpName = "time", CustomParser = Expiry,
    };

    private readonly Option<int?> _requests = new("--requests-per-minute") { Description = "The most requests in a minute.", HelpName = "n" };
    private readonly Option<int?> _runs = new("--concurrent-runs") { Description = "The most runs at a time.", HelpName = "n" };
    private readonly Option<decimal?> _cost = new("--daily-cost") { Description = "The most that its runs of a day may cost, in US dollars.", HelpName = "usd" };
    private readonly Option<int?> _calls = new("--calls-per-run") { Description = "The most calls to models that one request may cause.", HelpName = "n" };
    private readonly Option<bool> _json = new("--json") { Description = "Print the key and its secret as JSON." };
    private readonly KeyPlace _place = new();

    public CreateKeyCommand(Terminal terminal)
        : base("create", "Make a key and print its secret, this once.\n\nExit codes: 0 it is made, 1 it is not.")
    {
        Arguments.Add(_name);
        foreach (var option in (Option[])[_scopes, _expires, _requests, _runs, _cost, _calls, _json])
        {
            Options.Add(option);
        }

        _place.AddTo(this);
        SetAction((parsed, cancellationToken) => _place.ActAsync(
            parsed, terminal,
            log => CreateAsync(log, Read(parsed), terminal, parsed.GetValue(_json)),
            async api => KeyView.Issued(terminal, await api.CreateKeyAsync(Read(parsed), cancellationToken), parsed.GetValue(_json))));
    }

    private static async Task<int> CreateAsync(RunLog log, NewKey asked, Terminal terminal, bool json)
    {
        var now = DateTimeOffset.UtcNow;
        var reading = KeyReader.Read(JsonSerializer.SerializeToElement(asked, ConsensusJson.Default.NewKey), now, needsAdmin: false);
        if (reading.Key is not { } key)
        {
            return KeyView.Refused(terminal, reading.Errors);
        }

        var secret = KeySecret.New();
        if (await log.CreateKeyAsync(key, secret, by: null, CancellationToken.None) == KeyChange.Exists)
        {
            return KeyView.Refused(terminal, "There is or was a key of this name, and a name is never given twice.");
        }

        var stored = await log.ListKeysAsync(CancellationToken.None);
        if (!stored.Any(other => other.Scopes.Contains(KeyScopes.Admin) && other.IsUsable(now)))
        {
            terminal.Error.WriteLine("No stored key has the scope admin: unless one is configured, more keys can only be made with --storage or --database.");
        }

        return KeyView.Issued(terminal, new IssuedKey(stored.Single(other => other.Name == key.Name).ToBody(now), secret.Text), json);
    }

    private NewKey Read(ParseResult parsed)
    {
        var limits = new KeyLimits(parsed.GetValue(_requests), parsed.GetValue(_runs), parsed.GetValue(_cost), parsed.GetValue(_calls));
        return new NewKey(parsed.GetRequiredValue(_name), parsed.GetRequiredValue(_scopes), parsed.GetValue(_expires), limits == new KeyLimits() ? null : limits);
    }

    private static DateTimeOffset? Expiry(ArgumentResult result)
    {
        var text = result.Tokens.Single().Value;
        if (text.Length > 1 && Unit(text[^1]) is { } unit
            && int.TryParse(text[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= 36_500)
        {
            return DateTimeOffset.UtcNow + (number * unit);
        }

        if (DateTimeOffset.TryParseExact(text, "yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time))
        {
            return time;
        }

        result.AddError($"'{text}' is not a time; write for example 90d, 12h or 2027-01-31T00:00:00Z.");
        return null;
    }

    private static TimeSpan? Unit(char unit) => unit switch
    {
        'd' => TimeSpan.FromDays(1),
        'h' => TimeSpan.FromHours(1),
        'm' => TimeSpan.FromMinutes(1),
        _ => null,
    };
}

using System.CommandLine;
using Consensus.Cli.Asking;
using Consensus.Contracts;
using Consensus.Contracts.Keys;
using Consensus.Storage.Keys;
using Consensus.Storage.Runs;

namespace Consensus.Cli.Keys;

/// <summary><c>consensus keys rotate</c>.</summary>
internal sealed class RotateKeyCommand : Command
{
    private readonly Argument<string> _name = new("NAME") { Description = "The key's name." };

    private readonly Option<int?> _grace = new("--grace")
    {
        Description = "How long the present secret is still taken, e.g. 90s or 30m, at most 7 days; not at all when not given.",
        HelpName = "time", CustomParser = OptionParsers.Milliseconds,
    };

    private readonly Option<bool> _json = new("--json") { Description = "Print the key and its secret as JSON." };
    private readonly KeyPlace _place = new();

    public RotateKeyCommand(Terminal terminal)
        : base("rotate", "Give a key a new secret and print it, this once.\n\nExit codes: 0 it has one, 1 it has not.")
    {
        Arguments.Add(_name);
        Options.Add(_grace);
        Options.Add(_json);
        _place.AddTo(this);
        _grace.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int?>() / 1_000 > Limits.KeyGraceSeconds)
            {
                result.AddError($"--grace is at most {Limits.KeyGraceSeconds} s.");
            }
        });
        SetAction((parsed, cancellationToken) => _place.ActAsync(
            parsed, terminal,
            log => RotateAsync(log, parsed.GetRequiredValue(_name), TimeSpan.FromSeconds(Seconds(parsed)), terminal, parsed.GetValue(_json)),
            async api => KeyView.Issued(
                terminal, await api.RotateKeyAsync(parsed.GetRequiredValue(_name), new KeyRotation(Seconds(parsed)), cancellationToken),
                parsed.GetValue(_json))));
    }

    private static async Task<int> RotateAsync(RunLog log, string name, TimeSpan grace, Terminal terminal, bool json)
    {
        var secret = KeySecret.New();
        return await log.RotateKeyAsync(name, secret, by: null, grace, CancellationToken.None) switch
        {
            KeyChange.Done => KeyView.Issued(terminal, new IssuedKey(await KeyView.OfAsync(log, name), secret.Text), json),
            KeyChange.Revoked => KeyView.Refused(terminal, "The key is revoked, and gets no new secret."),
            _ => KeyView.Refused(terminal, "There is no key with this name."),
        };
    }

    private int Seconds(ParseResult parsed) => (parsed.GetValue(_grace) ?? 0) / 1_000;
}

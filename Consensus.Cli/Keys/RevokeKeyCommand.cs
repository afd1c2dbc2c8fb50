using System.CommandLine;
using Consensus.Storage.Keys;
using Consensus.Storage.Runs;

namespace Consensus.Cli.Keys;

/// <summary><c>consensus keys revoke</c>.</summary>
internal sealed class RevokeKeyCommand : Command
{
    private readonly Argument<string> _name = new("NAME") { Description = "The key's name." };
    private readonly Option<bool> _json = new("--json") { Description = "Print the key as JSON." };
    private readonly KeyPlace _place = new();

    public RevokeKeyCommand(Terminal terminal)
        : base("revoke", "Take a key back for ever; its runs stay.\n\nExit codes: 0 it is revoked, 1 there is no such key.")
    {
        Arguments.Add(_name);
        Options.Add(_json);
        _place.AddTo(this);
        SetAction((parsed, cancellationToken) => _place.ActAsync(
            parsed, terminal,
            log => RevokeAsync(log, parsed.GetRequiredValue(_name), terminal, parsed.GetValue(_json)),
            async api => KeyView.Revoked(terminal, await api.RevokeKeyAsync(parsed.GetRequiredValue(_name), cancellationToken), parsed.GetValue(_json))));
    }

    private static async Task<int> RevokeAsync(RunLog log, string name, Terminal terminal, bool json) =>
        await log.RevokeKeyAsync(name, by: null, CancellationToken.None) == KeyChange.NotFound
            ? KeyView.Refused(terminal, "There is no key with this name.")
            : KeyView.Revoked(terminal, await KeyView.OfAsync(log, name), json);
}

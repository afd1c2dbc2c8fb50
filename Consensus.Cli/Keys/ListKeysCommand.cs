using System.CommandLine;

namespace Consensus.Cli.Keys;

/// <summary><c>consensus keys list</c>.</summary>
internal sealed class ListKeysCommand : Command
{
    private readonly Option<bool> _json = new("--json") { Description = "Print the keys as JSON." };
    private readonly KeyPlace _place = new();

    public ListKeysCommand(Terminal terminal)
        : base("list", "List the keys, without their secrets.")
    {
        Options.Add(_json);
        _place.AddTo(this);
        SetAction((parsed, cancellationToken) => _place.ActAsync(
            parsed, terminal,
            async log => KeyView.List(terminal, await KeyView.AllAsync(log, cancellationToken), parsed.GetValue(_json)),
            async api => KeyView.List(terminal, await api.ListKeysAsync(cancellationToken), parsed.GetValue(_json))));
    }
}

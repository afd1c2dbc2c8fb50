using System.CommandLine;

namespace Consensus.Cli.Keys;

/// <summary><c>consensus keys</c>: the keys of callers, over the API or, for the first one, in a storage folder that no service has open or in a database.</summary>
internal sealed class KeysCommand : Command
{
    public KeysCommand(Terminal terminal)
        : base("keys", "Make, list, rotate and revoke the keys of callers: over the API, or with --storage in a folder that no service has open, or with --database in the database of running ones.")
    {
        Subcommands.Add(new CreateKeyCommand(terminal));
        Subcommands.Add(new ListKeysCommand(terminal));
        Subcommands.Add(new RotateKeyCommand(terminal));
        Subcommands.Add(new RevokeKeyCommand(terminal));
    }
}

using System.CommandLine;
using Consensus.Cli.Benchmarks;
using Consensus.Cli.Storage;
using Consensus.Contracts.Json;
using Consensus.Storage.LongTerm.Backing;

namespace Consensus.Cli.LongTerm;

/// <summary><c>consensus restore</c>: puts a backup in the place of the stores of a stopped API.</summary>
internal sealed class RestoreCommand : Command
{
    private readonly Argument<DirectoryInfo> _backup = new("folder") { Description = "The backup: a folder with manifest.json." };
    private readonly LogPlace _place = new();
    private readonly Option<bool> _force = new("--force") { Description = "Put stores that are there aside, into a folder replaced-…" };
    private readonly Option<string> _json = new("--json") { Description = "Write the backup's manifest as JSON to this file; \"-\" prints it.", HelpName = "file" };

    public RestoreCommand(Terminal terminal)
        : base("restore", "Restore a backup into the storage folder of a stopped API: verified first, and brought up to this version's schema.\n\n"
            + "Exit codes: 0 done, 1 an error, 130 stopped by Ctrl-C before anything was replaced.")
    {
        Arguments.Add(_backup);
        foreach (var option in (Option[])[_force, _json])
        {
            Options.Add(option);
        }

        _place.AddTo(this);

        SetAction((parsed, cancellationToken) => _place.WithFolderAsync(
            parsed, terminal, "A run log on PostgreSQL is restored with the server's own tools: what pg_dump --format=custom wrote, with pg_restore. "
                + "What was copied of the files beside it (evidence.db, audit-heads.jsonl) is put back while the API is stopped.",
            folder => StorageOption.GuardedAsync(
                terminal,
                async () =>
                {
                    var manifest = await StorageRestore.RestoreAsync(
                        parsed.GetRequiredValue(_backup).FullName, folder.FullName, parsed.GetValue(_force), DateTimeOffset.UtcNow, cancellationToken);
                    await BenchAction.WriteAsync(terminal, parsed.GetValue(_json), manifest, ConsensusJson.Default.BackupManifest, BackupCommand.Show);
                    return ExitCodes.Answer;
                },
                "Stopped before anything was replaced.")));
    }
}

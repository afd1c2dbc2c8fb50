using System.CommandLine;
using System.Globalization;
using Consensus.Cli.Benchmarks;
using Consensus.Cli.Display;
using Consensus.Cli.Storage;
using Consensus.Contracts.Json;
using Consensus.Contracts.LongTerm;
using Consensus.Storage.LongTerm.Backing;
using Spectre.Console;

namespace Consensus.Cli.LongTerm;

/// <summary><c>consensus backup</c>: copies every store of a stopped API. One that runs does so by itself (<c>Backup:Folder</c>).</summary>
internal sealed class BackupCommand : Command
{
    private readonly Option<DirectoryInfo> _to = new("--to") { Description = "A new or empty folder.", HelpName = "folder", Required = true };
    private readonly LogPlace _place = new();
    private readonly Option<string> _json = new("--json") { Description = "Write the manifest as JSON to this file; \"-\" prints it.", HelpName = "file" };

    public BackupCommand(Terminal terminal)
        : base("backup", "Back up every store of a stopped API: the run log with its archive and audit heads, and the evidence store, with checksums. "
            + "The audit key is none of it: keep it apart. The audit trail gets the entry backup_made.\n\n"
            + "Exit codes: 0 done, 1 an error, 130 stopped by Ctrl-C; a folder without manifest.json is no backup.")
    {
        foreach (var option in (Option[])[_to, _json])
        {
            Options.Add(option);
        }

        _place.AddTo(this);

        SetAction((parsed, cancellationToken) => _place.WithFolderAsync(
            parsed, terminal, "A run log on PostgreSQL is backed up with the server's own tools, for example pg_dump --format=custom. "
                + "What lies in files beside it (evidence.db, audit-heads.jsonl) is copied while the API is stopped.",
            folder => StorageOption.GuardedAsync(
                terminal,
                async () =>
                {
                    var to = parsed.GetRequiredValue(_to).FullName;
                    var (manifest, notNoted) = await StorageBackup.WriteStoppedAsync(folder.FullName, to, DateTimeOffset.UtcNow, cancellationToken);
                    await BenchAction.WriteAsync(terminal, parsed.GetValue(_json), manifest, ConsensusJson.Default.BackupManifest, Show);
                    if (notNoted is not null)
                    {
                        terminal.Error.WriteLine(SafeText.Line($"The backup is complete. The audit trail has no entry of it: {notNoted.TrimEnd('.')}.", 1_000));
                    }

                    return ExitCodes.Answer;
                },
                "Stopped; the folder has no manifest and is no backup.")));
    }

    /// <summary>A backup for people.</summary>
    public static void Show(IAnsiConsole console, BackupManifest manifest) => console.WriteLine(string.Create(
        CultureInfo.InvariantCulture, $"{manifest.Files.Count} files, {manifest.Files.Sum(static file => file.Bytes) / 1e6:0.0} MB, of {manifest.CreatedAt:u}"));
}

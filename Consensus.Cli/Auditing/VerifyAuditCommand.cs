using System.CommandLine;
using System.Data.Common;
using Consensus.Cli.Benchmarks;
using Consensus.Cli.Display;
using Consensus.Cli.Storage;
using Consensus.Contracts.Audit;
using Consensus.Contracts.Json;
using Consensus.Storage.Audit;
using Consensus.Storage.Audit.Verifying;
using Consensus.Storage.Runs;
using Spectre.Console;

namespace Consensus.Cli.Auditing;

/// <summary><c>consensus verify-audit</c>: finds any edit, removal, insertion, reordering or truncation of the audit trail, and any stored run that was edited.</summary>
internal sealed class VerifyAuditCommand : Command
{
    private readonly LogPlace _place = new();

    private readonly Option<FileInfo?> _head = new("--head")
    {
        Description = "A file of signed heads that was kept elsewhere; by default Audit__HeadFile, else audit-heads.jsonl in the storage folder (with --database: in the current one), where there is one.", HelpName = "file",
    };

    private readonly Option<FileInfo?> _key = new("--key")
    {
        Description = $"A file with the audit key (Base64); by default the environment's {AuditOptions.KeyVariable}, else audit.key in the storage folder (with --database: in the current one).", HelpName = "file",
    };

    private readonly Option<FileInfo[]> _oldKeys = new("--old-key") { Description = "A file with a key that was in use before; may stand several times.", HelpName = "file" };

    private readonly Option<string> _json = new("--json") { Description = "Write the report as JSON to this file; \"-\" prints it.", HelpName = "file" };

    public VerifyAuditCommand(Terminal terminal)
        : base("verify-audit", "Verify the audit trail of a stopped API, or of a database as it is at one moment: the chain, its signatures, the signed heads, and each stored run against its entry.\n\n"
            + "Exit codes: 0 sound, 1 the first thing that is wrong was told, 2 it could not be verified, 130 stopped by Ctrl-C.")
    {
        foreach (var option in (Option[])[_head, _key, _oldKeys, _json])
        {
            Options.Add(option);
        }

        _place.AddTo(this);
        SetAction((parsed, cancellationToken) => RunAsync(parsed, terminal, cancellationToken));
    }

    private async Task<int> RunAsync(ParseResult parsed, Terminal terminal, CancellationToken cancellationToken)
    {
        try
        {
            var options = AuditOptions.OfEnvironment(terminal.Environment);
            options.Key = parsed.GetValue(_key) is { } file ? Read(file) : options.Key;
            options.OldKeys = [.. (parsed.GetValue(_oldKeys) ?? []).Select(Read)];
            if (options.Violations().FirstOrDefault() is { } violation)
            {
                return Told(terminal, violation);
            }

            if (_place.Find(parsed, terminal) is not { } place)
            {
                return ExitCodes.AuditUnverifiable;
            }

            var report = await Task.Run(() => Verify(place, options, parsed.GetValue(_head)?.FullName, cancellationToken), cancellationToken);
            await BenchAction.WriteAsync(terminal, parsed.GetValue(_json), report, ConsensusJson.Default.AuditReport, Show);
            return report.Sound ? ExitCodes.AuditSound : ExitCodes.AuditBroken;
        }
        catch (Exception fault) when (fault is RunLogUnavailableException or DbException or IOException or UnauthorizedAccessException)
        {
            return Told(terminal, fault.Message);
        }
        catch (OperationCanceledException)
        {
            terminal.Error.WriteLine("Stopped; nothing is known of the rest.");
            return ExitCodes.Cancelled;
        }
    }

    private static AuditReport Verify(DatabasePlace place, AuditOptions options, string? heads, CancellationToken cancellationToken) => place.ConnectionString is { } server
        ? AuditVerification.VerifyServer(server, Environment.CurrentDirectory, options, heads, cancellationToken)
        : AuditVerification.Verify(Path.GetFullPath(place.Folder!), options, heads, cancellationToken);

    private static string Read(FileInfo file) => File.ReadAllText(file.FullName).Trim();

    private static int Told(Terminal terminal, string message)
    {
        terminal.Error.WriteLine(SafeText.Line(message, 1_000));
        return ExitCodes.AuditUnverifiable;
    }

    private static void Show(IAnsiConsole console, AuditReport report)
    {
        console.WriteLine($"{report.Entries} entries, {report.Heads} heads, {report.Runs} runs compared, {report.RunsBefore} runs from before the trail, {report.Tombstones} erased");
        console.WriteLine(report.Finding is { } finding ? $"NOT SOUND ({WireName.Of(finding.Fault)}): {SafeText.Line(finding.Message, 1_000)}" : "sound");
    }
}

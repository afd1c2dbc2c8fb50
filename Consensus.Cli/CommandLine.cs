using System.CommandLine;
using System.CommandLine.Invocation;
using Consensus.Cli.Asking;
using Consensus.Cli.Auditing;
using Consensus.Cli.Benchmarks;
using Consensus.Cli.Gating;
using Consensus.Cli.Keys;
using Consensus.Cli.LongTerm;
using Consensus.Cli.Moving;
using Consensus.Cli.Provenance;
using Consensus.Cli.Reporting;
using Consensus.Cli.Retention;
using Consensus.Cli.Scoring;

namespace Consensus.Cli;

/// <summary>The command <c>consensus</c> and its subcommands.</summary>
internal static class CommandLine
{
    public static async Task<int> RunAsync(string[] args, Terminal terminal, CancellationToken cancellationToken = default)
    {
        var root = new RootCommand("Ask a panel of language models one question and get one answer you can defend.")
        {
            new AskCommand(terminal),
            new ArchiveCommand(terminal),
            new BackupCommand(terminal),
            new BenchCommand(terminal),
            new ExportCommand(terminal),
            new GateCommand(terminal),
            new ImportCommand(terminal),
            new MigrateCommand(terminal),
            new ProvenanceCommand(terminal),
            new PurgeCommand(terminal),
            new ReplayCommand(terminal),
            new ReportCommand(terminal),
            new RestoreCommand(terminal),
            new ScoreCommand(terminal),
            new KeysCommand(terminal),
            new VerifyAuditCommand(terminal),
        };

        // A question may begin with "@": it is text, never the name of a file of arguments.
        var parsed = root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parsed.Action is ParseErrorAction mistake)
        {
            mistake.ShowHelp = false;
        }

        var code = await parsed.InvokeAsync(new InvocationConfiguration
        {
            Output = terminal.Out.Profile.Out.Writer,
            Error = terminal.Error.Profile.Out.Writer,
            ProcessTerminationTimeout = TimeSpan.FromSeconds(5),
        }, cancellationToken);
        return parsed.Action is not ParseErrorAction ? code : parsed.CommandResult.Command switch
        {
            GateCommand => ExitCodes.GateUnusable,
            VerifyAuditCommand => ExitCodes.AuditUnverifiable,
            _ => code,
        };
    }
}

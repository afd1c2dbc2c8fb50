using System.CommandLine;
using System.Data.Common;
using System.Globalization;
using Consensus.Cli.Benchmarks;
using Consensus.Cli.Display;
using Consensus.Cli.LongTerm;
using Consensus.Cli.Storage;
using Consensus.Contracts.Json;
using Consensus.Contracts.LongTerm;
using Consensus.Storage.Evidence;
using Consensus.Storage.Moving;
using Consensus.Storage.Runs;
using Spectre.Console;

namespace Consensus.Cli.Moving;

/// <summary><c>consensus migrate</c>: moves the run log from a storage folder to a PostgreSQL database, or back, or between databases.</summary>
internal sealed class MigrateCommand : Command
{
    private const string PlaceHelp = "A storage folder, a connection string of PostgreSQL, or env:NAME for one that stands in the environment, as one with a password should.";

    private readonly Option<string> _from = new("--from") { Description = "Where the log is. " + PlaceHelp, HelpName = "place", Required = true };
    private readonly Option<string> _to = new("--to") { Description = "Where it is to be: an empty place, or one that this migration has begun to fill. " + PlaceHelp, HelpName = "place", Required = true };
    private readonly Option<bool> _dryRun = new("--dry-run") { Description = "Show what is to be done: rows by table in both places. Of the new place only the empty tables are made." };
    private readonly Option<bool> _fillOnly = new("--fill-only") { Description = "Fill the new place and catch up, and leave the switch to a later call." };
    private readonly Option<bool> _logOnly = new("--log-only") { Description = "Leave the evidence store (collections, documents, evidence records) where it is." };
    private readonly Option<bool> _rollBack = new("--roll-back")
    {
        Description = "Take the migration back: the old place takes writes again, and the new one is emptied. Evidence that has changed there stays.",
    };

    private readonly Option<string> _json = new("--json") { Description = "Write the outcome as JSON to this file; \"-\" prints it.", HelpName = "file" };

    public MigrateCommand(Terminal terminal)
        : base("migrate", "Move the run log, and the evidence store with it, to another place: fill the new place while the API goes on, catch up, seal the old place, compare everything by count and hash, and switch. "
            + "Broken off or killed at any point, it is asked for again with the same places and goes on.\n\n"
            + "A file of evidence has one process: the API is stopped for the switch, unless --log-only. From the seal on, the old place refuses writes; start the API with the new place then. Nothing is erased "
            + "of the old one.\n\n"
            + "Exit codes: 0 done, 1 an error, 130 stopped by Ctrl-C.")
    {
        foreach (var option in (Option[])[_from, _to, _dryRun, _fillOnly, _logOnly, _rollBack, _json])
        {
            Options.Add(option);
        }

        Validators.Add(result =>
        {
            if (new Option[] { _dryRun, _fillOnly, _rollBack }.Count(option => result.GetResult(option) is not null) > 1)
            {
                result.AddError("Give one of --dry-run, --fill-only and --roll-back.");
            }
        });
        SetAction((parsed, cancellationToken) => StorageOption.GuardedAsync(
            terminal, () => Task.Run(() => GuardedAsync(parsed, terminal, cancellationToken), CancellationToken.None),
            "Stopped; ask for it again with the same places to go on, or with --roll-back to take it back."));
    }

    private async Task<int> GuardedAsync(ParseResult parsed, Terminal terminal, CancellationToken cancellationToken)
    {
        try
        {
            return await RunAsync(parsed, terminal, cancellationToken);
        }
        catch (Exception fault) when (fault is DbException or ArgumentException or EvidenceVersionException or EvidenceShapeException)
        {
            terminal.Error.WriteLine(SafeText.Line(fault.Message, 1_000));
            return ExitCodes.Error;
        }
    }

    private async Task<int> RunAsync(ParseResult parsed, Terminal terminal, CancellationToken cancellationToken)
    {
        var (from, to) = (Place(terminal, _from, parsed.GetRequiredValue(_from)), Place(terminal, _to, parsed.GetRequiredValue(_to)));
        if (from.Name == to.Name || (from.Folder is not null && to.Folder is not null))
        {
            terminal.Error.WriteLine(from.Name == to.Name
                ? "Both places are the same."
                : "From a folder to a folder a log goes by consensus backup and consensus restore.");
            return ExitCodes.Error;
        }

        using var move = StorageMove.Open(from, to, TimeProvider.System);
        if (parsed.GetValue(_dryRun))
        {
            await BenchAction.WriteAsync(terminal, parsed.GetValue(_json), move.Plan(), ConsensusJson.Default.MovePlan, ShowPlan);
            return ExitCodes.Answer;
        }

        if (parsed.GetValue(_rollBack))
        {
            terminal.Out.WriteLine(SafeText.Line(await RollBackAsync(move, from, to, parsed.GetValue(_logOnly), cancellationToken), 1_000));
            return ExitCodes.Answer;
        }

        var receipt = move.IsSealed ? null : await MoveProgressView.ShowAsync(terminal, told => move.Run(mayMove: false, told, cancellationToken));
        if (!parsed.GetValue(_fillOnly))
        {
            // Before the seal: whoever still has the file of the evidence open is told of while nothing is lost by waiting.
            if (receipt is { Switched: false } && !parsed.GetValue(_logOnly))
            {
                await EvidenceMove.RunAsync(terminal, move, from, to, cancellationToken);
            }

            receipt = await MoveProgressView.ShowAsync(terminal, told => move.Run(mayMove: true, told, cancellationToken));
        }
        else if (receipt is null)
        {
            terminal.Error.WriteLine(SafeText.Line($"{from.Name} is sealed already: ask for the migration without --fill-only, or roll it back.", 1_000));
            return ExitCodes.Error;
        }

        await BenchAction.WriteAsync(terminal, parsed.GetValue(_json), receipt!, ConsensusJson.Default.MoveReceipt, ShowReceipt);
        return ExitCodes.Answer;
    }

    private static async Task<string> RollBackAsync(StorageMove move, MovePlace from, MovePlace to, bool logOnly, CancellationToken cancellationToken)
    {
        if (move.RollBack() is null)
        {
            return $"There is no migration from {from.Name} to {to.Name}.";
        }

        var evidence = logOnly ? null : await EvidenceMove.TakeAwayAsync(move, to, cancellationToken);
        move.Empty();
        return $"Rolled back: the log is at {from.Name} again, and {to.Name} has no log. {evidence}".TrimEnd();
    }

    /// <exception cref="InvalidDataException">It is no place.</exception>
    private static MovePlace Place(Terminal terminal, Option<string> option, string text) => DatabasePlace.Read(text, terminal.Environment, out var fault) switch
    {
        { Folder: { } folder } => MovePlace.InFolder(folder),
        { ConnectionString: { } server } => MovePlace.OnServer(server),
        _ => throw new InvalidDataException($"{option.Name} {fault}"),
    };

    private static void ShowPlan(IAnsiConsole console, MovePlan plan)
    {
        console.WriteLine(SafeText.Line(plan.State switch
        {
            "live" => $"The log has moved from {plan.From} to {plan.To}.",
            "copying" => $"{plan.To} is being filled from {plan.From}.",
            _ => $"The log is to move from {plan.From} to {plan.To}.",
        }, 1_000));
        var table = new Table().Border(TableBorder.None).AddColumns("table", "there are", "brought over");
        foreach (var row in plan.Tables)
        {
            table.AddRow(row.Table, Number(row.Source), Number(row.Target));
        }

        console.Write(table);
        console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{plan.Bytes / 1e6:0.0} MB; {plan.ArchivedRuns:N0} runs of the archive come along."));
    }

    private static void ShowReceipt(IAnsiConsole console, MoveReceipt receipt)
    {
        if (!receipt.Switched)
        {
            console.WriteLine(SafeText.Line(string.Create(
                CultureInfo.InvariantCulture, $"{receipt.To} is filled; the last of {receipt.Passes} comparisons still found {receipt.Mended:N0} rows to bring over. The log is at {receipt.From}."), 1_000));
            return;
        }

        var table = new Table().Border(TableBorder.None).AddColumns("table", "rows", "SHA-256 in both places");
        foreach (var row in receipt.Tables)
        {
            table.AddRow(row.Table, Number(row.Rows), row.Sha256);
        }

        console.Write(table);
        console.WriteLine(SafeText.Line(string.Create(
            CultureInfo.InvariantCulture,
            $"The log is at {receipt.To} now: {receipt.ArchivedRuns:N0} of its runs came out of the archive, entry {receipt.AuditSeq} of the audit trail records it, and it took no writes for {receipt.SealedSeconds:0.0} s. Start the API with that place; {receipt.From} refuses writes from now on."),
            2_000));
    }

    private static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);
}

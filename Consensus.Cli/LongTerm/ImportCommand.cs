using System.CommandLine;
using System.Globalization;
using Consensus.Cli.Benchmarks;
using Consensus.Cli.Display;
using Consensus.Cli.Storage;
using Consensus.Contracts.Json;
using Consensus.Contracts.LongTerm;
using Consensus.Storage.Runs;
using Spectre.Console;

namespace Consensus.Cli.LongTerm;

/// <summary><c>consensus import</c>: reads an export back.</summary>
internal sealed class ImportCommand : Command
{
    private readonly Argument<DirectoryInfo> _folder = new("folder") { Description = "The export: a folder with manifest.json." };
    private readonly LogPlace _place = new();
    private readonly Option<bool> _dryRun = new("--dry-run") { Description = "Verify and count; store nothing." };
    private readonly Option<string> _json = new("--json") { Description = "Write the outcome as JSON to this file; \"-\" prints it.", HelpName = "file" };

    public ImportCommand(Terminal terminal)
        : base("import", "Read an export back into the run log of a stopped API, or into a database. Checksums are verified first; runs that are there with the same record are passed over, "
            + "and so is evidence that is there as it is, so that an import that was broken off is simply asked for again.\n\n"
            + "Exit codes: 0 done, 1 an error, or runs or evidence that were refused (and named), 130 stopped by Ctrl-C.")
    {
        Arguments.Add(_folder);
        foreach (var option in (Option[])[_dryRun, _json])
        {
            Options.Add(option);
        }

        _place.AddTo(this);

        SetAction((parsed, cancellationToken) => _place.WithLogAsync(
            parsed, terminal, mayCreate: true, log => RunAsync(parsed, terminal, log, cancellationToken),
            "Stopped; what was imported by now is there, and the rest comes when the import is asked for again.", cancellationToken));
    }

    private async Task<int> RunAsync(ParseResult parsed, Terminal terminal, RunLog log, CancellationToken cancellationToken)
    {
        var receipt = await StorageOption.CountingAsync(
            terminal, "Importing", (Action<long, long>? told) => log.ImportWithEvidenceAsync(
                parsed.GetRequiredValue(_folder).FullName, _place.Find(parsed, terminal)!.OpenEvidence, parsed.GetValue(_dryRun), told, cancellationToken));
        await BenchAction.WriteAsync(terminal, parsed.GetValue(_json), receipt, ConsensusJson.Default.ImportReceipt, Show);
        foreach (var refused in receipt.Refused)
        {
            terminal.Error.WriteLine(refused.Reason == "deleted"
                ? $"The run {refused.RunId:D} was deleted here, and stays so."
                : $"Another record stands here under the run {refused.RunId:D}.");
        }

        foreach (var refused in receipt.Evidence?.Refused ?? [])
        {
            terminal.Error.WriteLine($"The {KindOf(refused.Kind)} {refused.Id:D} {ReasonOf(refused.Reason)}");
        }

        return receipt.Refusals == 0 && receipt.Evidence?.Refused is not { Count: > 0 } ? ExitCodes.Answer : ExitCodes.Error;
    }

    private static void Show(IAnsiConsole console, ImportReceipt receipt)
    {
        Show(console, receipt, "runs", new ImportedCounts(receipt.Read, receipt.Imported, receipt.Skipped, receipt.Refusals));
        if (receipt.Evidence is { } evidence)
        {
            Show(console, receipt, "collections", evidence.Collections);
            Show(console, receipt, "documents", evidence.Documents);
            Show(console, receipt, "evidence records", evidence.Records);
        }
    }

    private static void Show(IAnsiConsole console, ImportReceipt receipt, string what, ImportedCounts counts) => console.WriteLine(SafeText.Line(string.Create(
        CultureInfo.InvariantCulture,
        $"{counts.Imported} of {counts.Read} {what} {(receipt.DryRun ? "would be imported" : "imported")}, {counts.Skipped} were there, {counts.Refused} refused")));

    private static string KindOf(string kind) => kind == "record" ? "evidence record" : kind;

    private static string ReasonOf(string reason) => reason switch
    {
        "differs" => "is there otherwise, and stays so.",
        "same_text" => "is left out: its collection has the same text under another id.",
        "full" => "is left out: there is no room for it within the limits of collections.",
        "collection_refused" => "is left out with its collection.",
        _ => "is left out: its run is not there, or was refused.",
    };
}

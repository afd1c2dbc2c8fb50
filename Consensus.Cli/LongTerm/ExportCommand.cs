using System.CommandLine;
using System.Globalization;
using Consensus.Cli.Benchmarks;
using Consensus.Cli.Display;
using Consensus.Cli.Storage;
using Consensus.Contracts.Json;
using Consensus.Contracts.LongTerm;
using Consensus.Storage.LongTerm.Exporting;
using Consensus.Storage.Runs;
using Spectre.Console;

namespace Consensus.Cli.LongTerm;

/// <summary><c>consensus export</c>: writes finished runs, and if asked evidence, to a folder, with a manifest and checksums.</summary>
internal sealed class ExportCommand : Command
{
    private readonly Option<DirectoryInfo> _to = new("--to") { Description = "A new or empty folder.", HelpName = "folder", Required = true };
    private readonly Option<DateTimeOffset?> _from = StorageOption.Time("--created-from", "Only runs that were created at or after this.");
    private readonly Option<DateTimeOffset?> _before = StorageOption.Time("--created-before", "Only runs that were created before this.");
    private readonly Option<string> _format = new("--format")
    {
        Description = "How: JSON lines can be imported, Parquet is for analysis.", DefaultValueFactory = static _ => ExportFormats.Words[0],
    };

    private readonly Option<string[]> _with = new("--with")
    {
        Description = "What leaves beside the runs: their evidence records and those without a run, and collections with their documents (all of them, "
            + "or with a range of time those that the records name).",
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly LogPlace _place = new();
    private readonly Option<string> _json = new("--json") { Description = "Write the manifest as JSON to this file; \"-\" prints it.", HelpName = "file" };

    public ExportCommand(Terminal terminal)
        : base("export", "Export the finished runs of a stopped API, or of a database, with everything that belongs to them; --with evidence adds evidence.\n\n"
            + "Exit codes: 0 done, 1 an error, 130 stopped by Ctrl-C; a folder without manifest.json is no export.")
    {
        _format.AcceptOnlyFromAmong([.. ExportFormats.Words]);
        _with.AcceptOnlyFromAmong("evidence");
        foreach (var option in (Option[])[_to, _from, _before, _format, _with, _json])
        {
            Options.Add(option);
        }

        _place.AddTo(this);

        Validators.Add(result =>
        {
            // The value of an option with a mistake of its own cannot be asked for.
            if (result.GetResult(_from) is { } from && result.GetResult(_before) is { } before && !from.Errors.Any() && !before.Errors.Any()
                && result.GetValue(_from) >= result.GetValue(_before))
            {
                result.AddError("--created-before must be later than --created-from.");
            }
        });
        SetAction((parsed, cancellationToken) => _place.WithLogAsync(
            parsed, terminal, mayCreate: false, log => RunAsync(parsed, terminal, log, cancellationToken),
            "Stopped; the folder has no manifest and is no export.", cancellationToken));
    }

    private async Task<int> RunAsync(ParseResult parsed, Terminal terminal, RunLog log, CancellationToken cancellationToken)
    {
        var order = new ExportOrder(
            parsed.GetRequiredValue(_to).FullName, ExportFormats.Find(parsed.GetRequiredValue(_format))!.Value, parsed.GetValue(_from), parsed.GetValue(_before));
        var manifest = parsed.GetValue(_with) is { Length: > 0 }
            ? await WithEvidenceAsync(parsed, terminal, log, order, cancellationToken)
            : await StorageOption.CountingAsync(terminal, "Exporting", (Action<long>? told) => log.ExportAsync(order, told, cancellationToken));
        await BenchAction.WriteAsync(terminal, parsed.GetValue(_json), manifest, ConsensusJson.Default.ExportManifest, Show);
        return ExitCodes.Answer;
    }

    private async Task<ExportManifest> WithEvidenceAsync(ParseResult parsed, Terminal terminal, RunLog log, ExportOrder order, CancellationToken cancellationToken)
    {
        using var evidence = _place.Find(parsed, terminal)!.OpenEvidence(mayMake: false);
        return await StorageOption.CountingAsync(
            terminal, "Exporting", (Action<long, long>? told) => log.ExportWithEvidenceAsync(order, evidence, told, cancellationToken));
    }

    private static void Show(IAnsiConsole console, ExportManifest manifest)
    {
        foreach (var (table, rows) in manifest.Rows)
        {
            console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{rows,12:N0} {table}"));
        }

        if (manifest.Evidence is { } evidence)
        {
            console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{evidence.Collections,12:N0} collections\n{evidence.Documents,12:N0} documents\n{evidence.Passages,12:N0} passages\n{evidence.Records,12:N0} evidence records"));
        }

        console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{manifest.Files.Sum(static file => file.Bytes) / 1e6:0.0} MB as {SafeText.Line(manifest.Format)}; records {manifest.RecordsSha256}"));
        if (manifest.Evidence is not null)
        {
            console.WriteLine($"evidence {manifest.Evidence.Sha256}");
        }
    }
}

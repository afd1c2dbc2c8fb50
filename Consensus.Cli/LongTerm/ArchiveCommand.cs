using System.CommandLine;
using System.Globalization;
using Consensus.Cli.Storage;
using Consensus.Storage.Runs;

namespace Consensus.Cli.LongTerm;

/// <summary><c>consensus archive</c>: moves old runs of a stopped API into its archive.</summary>
internal sealed class ArchiveCommand : Command
{
    private readonly Option<int> _days = new("--older-than-days") { Description = "Runs that ended longer ago, 2 to 36500.", HelpName = "days", Required = true };
    private readonly Option<bool> _dryRun = new("--dry-run") { Description = "Count only; move nothing." };
    private readonly LogPlace _place = new();

    public ArchiveCommand(Terminal terminal)
        : base("archive", "Move old runs of a stopped API into its archive: compressed files by month in the storage folder. They are still found by id and by time.\n\n"
            + "Exit codes: 0 done, 1 an error, 130 stopped by Ctrl-C.")
    {
        foreach (var option in (Option[])[_days, _dryRun])
        {
            Options.Add(option);
        }

        _place.AddTo(this);

        _days.Validators.Add(static result =>
        {
            if (!int.TryParse(result.Tokens.SingleOrDefault()?.Value, CultureInfo.InvariantCulture, out var days) || days is < 2 or > 36_500)
            {
                result.AddError("--older-than-days takes a whole number from 2 to 36500.");
            }
        });
        SetAction((parsed, cancellationToken) => _place.WithFolderAsync(
            parsed, terminal, "The archive is files beside a run log in a file. Of a run log on PostgreSQL, export old runs (consensus export) and purge them (consensus purge).",
            folder => StorageOption.WithLogAsync(
                terminal, folder, mayCreate: false, log => RunAsync(parsed, terminal, log, cancellationToken),
                "Stopped; what moved by now is in the archive, and the rest is where it was.", cancellationToken)));
    }

    private async Task<int> RunAsync(ParseResult parsed, Terminal terminal, RunLog log, CancellationToken cancellationToken)
    {
        var dryRun = parsed.GetValue(_dryRun);
        var before = DateTimeOffset.UtcNow.AddDays(-parsed.GetRequiredValue(_days));
        var runs = await StorageOption.CountingAsync(terminal, "Archiving", told => log.ArchiveAsync(before, dryRun, told, cancellationToken));
        var (all, bytes) = await log.MeasureArchiveAsync(cancellationToken);
        terminal.Out.Profile.Out.Writer.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{runs} runs {(dryRun ? "are due" : "moved")}; the archive has {all} runs in {bytes / 1e6:0.0} MB"));
        return ExitCodes.Answer;
    }
}

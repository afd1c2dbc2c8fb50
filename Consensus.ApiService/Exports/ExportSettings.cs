using Consensus.ApiService.Hosting;
using Consensus.Storage.LongTerm.Exporting;
using Microsoft.Extensions.Options;

namespace Consensus.ApiService.Exports;

/// <summary>The section <c>Export</c>: runs that ended leave the log while the service runs, each once.</summary>
/// <param name="Folder">Where exports go, a folder each; none are made without it.</param>
/// <param name="Every">How often, from a minute to 31 days.</param>
/// <param name="Format">How they are written.</param>
/// <param name="Level">How hard Zstandard tries, 1 to 19; null: 9.</param>
/// <param name="Settle">How long ago a run has ended that is exported, up to a day: by then it is stored, whichever process conducted it.</param>
/// <param name="Keep">How many exports stay in the folder, 1 to 100,000; null: all.</param>
internal sealed record ExportSettings(string? Folder, TimeSpan Every, ExportFormat Format, int? Level, TimeSpan Settle, int? Keep)
{
    /// <summary>The section's name.</summary>
    public const string Section = "Export";

    /// <exception cref="OptionsValidationException">Settings are wrong; the message has every fault.</exception>
    public static ExportSettings Read(IConfiguration configuration)
    {
        var reader = new SectionReader(configuration.GetSection(Section), nameof(Folder), nameof(Every), nameof(Format), nameof(Level), nameof(Settle), nameof(Keep));
        var format = reader.OneOf(nameof(Format), ExportFormats.Words);
        var settings = new ExportSettings(
            reader.Folder(nameof(Folder)),
            reader.Time(nameof(Every), TimeSpan.FromDays(1), TimeSpan.FromMinutes(1), TimeSpan.FromDays(31)),
            ExportFormats.Find(format) ?? ExportFormat.NdjsonZst,
            reader.Number(nameof(Level), 1, 19),
            reader.Time(nameof(Settle), TimeSpan.FromMinutes(5), TimeSpan.Zero, TimeSpan.FromDays(1)),
            reader.Number(nameof(Keep), 1, 100_000));
        reader.Require(settings.Level is null || settings.Format == ExportFormat.NdjsonZst, $"Export:Level is for Export:Format {ExportFormats.Words[0]}; leave it out with {format}.");
        reader.Require(
            settings.Folder is null || !string.Equals(configuration["RunLog:Enabled"], bool.FalseString, StringComparison.OrdinalIgnoreCase),
            "Export:Folder is set, and no runs are stored that could be exported: RunLog:Enabled is false.");
        return reader.Done(settings);
    }
}

using Consensus.ApiService.Hosting;
using Microsoft.Extensions.Options;

namespace Consensus.ApiService.Backups;

/// <summary>The section <c>Backup</c>: copies of every store while the service runs.</summary>
/// <param name="Folder">Where backups go, a folder each; none are made without it.</param>
/// <param name="Every">How often, from a minute to 31 days.</param>
/// <param name="Keep">How many are kept, 1 to 1,000; older ones are taken away once a newer one is complete.</param>
internal sealed record BackupSettings(string? Folder, TimeSpan Every, int Keep)
{
    /// <summary>The section's name.</summary>
    public const string Section = "Backup";

    private const int DefaultKeep = 7;

    /// <exception cref="OptionsValidationException">Settings are wrong; the message has every fault.</exception>
    public static BackupSettings Read(IConfiguration configuration)
    {
        var reader = new SectionReader(configuration.GetSection(Section), nameof(Folder), nameof(Every), nameof(Keep));
        return reader.Done(new BackupSettings(
            reader.Folder(nameof(Folder)),
            reader.Time(nameof(Every), TimeSpan.FromDays(1), TimeSpan.FromMinutes(1), TimeSpan.FromDays(31)),
            reader.Number(nameof(Keep), 1, 1_000) ?? DefaultKeep));
    }
}

namespace Consensus.ApiService.Backups;

/// <summary>The section <c>Backup</c>: copies of every store while the service runs.</summary>
internal sealed class BackupOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Backup";

    /// <summary>Where backups go, a folder each; none are made without it.</summary>
    public string? Folder { get; set; }

    /// <summary>How often, from a minute to a month.</summary>
    public TimeSpan Every { get; set; } = TimeSpan.FromDays(1);

    /// <summary>How many are kept, 1 to 1,000; older ones are taken away once a newer one is complete.</summary>
    public int Keep { get; set; } = 7;

    /// <summary>What is wrong with it, each with its setting.</summary>
    public IEnumerable<string> Violations()
    {
        if (Folder is { Length: > 0 } && !Path.IsPathFullyQualified(Folder))
        {
            yield return "Backup:Folder must be an absolute path.";
        }

        if (Every < TimeSpan.FromMinutes(1) || Every > TimeSpan.FromDays(31))
        {
            yield return "Backup:Every must be from 00:01:00 to 31.00:00:00.";
        }

        if (Keep is < 1 or > 1_000)
        {
            yield return "Backup:Keep must be from 1 to 1000.";
        }
    }
}

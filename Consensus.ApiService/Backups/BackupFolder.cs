using System.Globalization;

namespace Consensus.ApiService.Backups;

/// <summary>The folder of backups: one for each, named by when it was begun. Those without a manifest were not finished.</summary>
internal sealed class BackupFolder(string path)
{
    private const string Prefix = "backup-";
    private const string TimeForm = "yyyyMMdd'T'HHmmssfff'Z'";

    /// <summary>Where a backup goes that begins now.</summary>
    public string PathAt(DateTimeOffset now) => Path.Combine(path, Prefix + now.UtcDateTime.ToString(TimeForm, CultureInfo.InvariantCulture));

    /// <summary>The complete backups, the oldest first.</summary>
    /// <exception cref="IOException">The folder cannot be read.</exception>
    public IReadOnlyList<string> Complete() =>
        [.. All().Where(static backup => IsComplete(backup) && TimeOf(backup) is not null).Order(StringComparer.Ordinal)];

    /// <summary>When a backup was begun; null for a folder that is none.</summary>
    public static DateTimeOffset? TimeOf(string backup) => DateTimeOffset.TryParseExact(
        Path.GetFileName(backup)[Prefix.Length..], TimeForm, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at : null;

    /// <summary>
    /// Takes the oldest complete backups away that are too many, and what was begun and never finished. What is named otherwise is left alone.
    /// </summary>
    /// <param name="keep">How many stay.</param>
    /// <param name="made">One that stays in any case: where a clock was set back, it is not the last by name.</param>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public void Tidy(int keep, string made)
    {
        HashSet<string> kept = [.. Complete().TakeLast(keep), made];
        foreach (var old in All().Where(backup => TimeOf(backup) is not null && !kept.Contains(backup)))
        {
            Directory.Delete(old, recursive: true);
        }
    }

    /// <summary>Takes a backup away that was begun and not finished.</summary>
    /// <exception cref="IOException">It cannot be taken away, or is not there.</exception>
    public static void RemoveUnfinished(string backup)
    {
        if (!IsComplete(backup))
        {
            Directory.Delete(backup, recursive: true);
        }
    }

    private static bool IsComplete(string backup) => File.Exists(Path.Combine(backup, "manifest.json"));

    private string[] All() => Directory.Exists(path) ? Directory.GetDirectories(path, Prefix + "*") : [];
}

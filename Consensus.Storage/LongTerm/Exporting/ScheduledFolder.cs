using System.Globalization;

namespace Consensus.Storage.LongTerm.Exporting;

/// <summary>
/// The folder of exports by schedule. One that is written bears another name until it is remembered, so that whoever takes exports away takes each run once.
/// </summary>
/// <param name="path">The folder.</param>
internal sealed class ScheduledFolder(string path)
{
    private const string Prefix = "export-";
    private const string Unfinished = ".part";

    /// <summary>The name of an export.</summary>
    public static string NameOf(long sequence, DateTimeOffset now) =>
        string.Create(CultureInfo.InvariantCulture, $"{Prefix}{sequence:000000}-{now.UtcDateTime:yyyyMMdd'T'HHmmss'Z'}");

    /// <summary>Where an export is written.</summary>
    public string PartOf(string name) => Path.Combine(path, name + Unfinished);

    /// <summary>Gives an export that is remembered its name.</summary>
    /// <exception cref="IOException">It cannot be renamed.</exception>
    public void Publish(string name) => Directory.Move(PartOf(name), Path.Combine(path, name));

    /// <summary>
    /// Finishes what an earlier attempt, perhaps of a process that was killed, has left: the export that is remembered gets its name, all else goes.
    /// </summary>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public void Settle(ScheduledExport? last)
    {
        if (!Directory.Exists(path))
        {
            return;
        }

        foreach (var part in Directory.GetDirectories(path, Prefix + "*" + Unfinished))
        {
            if (last is not null && part == PartOf(last.Name) && !Directory.Exists(Path.Combine(path, last.Name)))
            {
                Publish(last.Name);
            }
            else
            {
                Directory.Delete(part, recursive: true);
            }
        }
    }

    /// <summary>Takes the oldest exports away that are too many: first by its name, so that none is ever there in part.</summary>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public void Tidy(int keep)
    {
        foreach (var old in Directory.GetDirectories(path, Prefix + "*").Where(static export => !export.EndsWith(Unfinished, StringComparison.Ordinal))
            .Where(static export => File.Exists(Path.Combine(export, RunExport.ManifestName))).Order(StringComparer.Ordinal).SkipLast(keep))
        {
            Directory.Move(old, old + Unfinished);
            Directory.Delete(old + Unfinished, recursive: true);
        }
    }
}

using System.Globalization;
using Consensus.Contracts.LongTerm;
using Consensus.Storage.Evidence;
using Consensus.Storage.LongTerm.Archiving;
using Consensus.Storage.Runs;
using Consensus.Storage.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace Consensus.Storage.LongTerm.Backing;

/// <summary>Puts a backup in the place of the stores of a stopped API.</summary>
public static class StorageRestore
{
    /// <summary>Everything that belongs to a storage folder, besides keys.</summary>
    private static readonly string[] Stores =
    [
        RunLogRegistration.FileName, RunLogRegistration.FileName + "-wal", RunLogRegistration.FileName + "-shm", EvidenceStoreRegistration.FileName,
        Path.GetFileNameWithoutExtension(EvidenceStoreRegistration.FileName) + "-log.db", BackupWriter.Heads, ArchiveFiles.Name,
    ];

    /// <summary>
    /// Verifies the backup, copies it beside the stores, moves what is there into a folder <c>replaced-…</c>, and the copies into its place; then brings an older schema up to date.
    /// </summary>
    /// <param name="backup">The backup.</param>
    /// <param name="storage">The storage folder; made where it is missing.</param>
    /// <param name="force">Whether stores that are there are replaced.</param>
    /// <param name="now">The time.</param>
    /// <param name="cancellationToken">Ends it before anything is replaced.</param>
    /// <exception cref="InvalidDataException">It is no backup, or not what was written.</exception>
    /// <exception cref="IOException">Stores are there, or the folder cannot be written.</exception>
    /// <exception cref="RunLogUnavailableException">Another process has the run log open, or the backup is of a later version.</exception>
    /// <exception cref="EvidenceUnavailableException">Another process has the evidence store open.</exception>
    public static async Task<BackupManifest> RestoreAsync(string backup, string storage, bool force, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var manifest = BackupReader.Read(backup);
        Checksums.Verify(backup, manifest.Files);
        var there = Stores.Where(name => Path.Exists(Path.Combine(storage, name))).ToList();
        if (there.Count > 0 && !force)
        {
            throw new IOException($"The folder {storage} has {string.Join(", ", there)}: with --force they are put aside.");
        }

        RequireStopped(storage);
        var stamp = now.UtcDateTime.ToString("yyyyMMdd'T'HHmmssfff'Z'", CultureInfo.InvariantCulture);
        var (aside, incoming) = (Path.Combine(storage, "replaced-" + stamp), Path.Combine(storage, "incoming-" + stamp));
        foreach (var file in manifest.Files)
        {
            cancellationToken.ThrowIfCancellationRequested();
            BackupWriter.Copy(Path.Combine(backup, file.Name), Path.Combine(incoming, file.Name));
        }

        Checksums.Verify(incoming, manifest.Files);
        foreach (var name in there)
        {
            Directory.CreateDirectory(aside);
            Directory.Move(Path.Combine(storage, name), Path.Combine(aside, name));
        }

        foreach (var entry in Directory.EnumerateFileSystemEntries(incoming))
        {
            Directory.Move(entry, Path.Combine(storage, Path.GetFileName(entry)));
        }

        Directory.Delete(incoming);
        var log = Path.Combine(storage, RunLogRegistration.FileName);
        if (File.Exists(log))
        {
            using var file = new RunLogFile(log, fullSync: true, TimeSpan.FromSeconds(1), NullLogger.Instance, exclusive: true);
            await Task.Run(file.EnsureReady, CancellationToken.None);
        }

        return manifest;
    }

    private static void RequireStopped(string storage)
    {
        var log = Path.Combine(storage, RunLogRegistration.FileName);
        if (File.Exists(log))
        {
            using var file = new RunLogFile(log, fullSync: true, TimeSpan.FromSeconds(1), NullLogger.Instance, exclusive: true);
            file.OpenAloneForReading().Dispose();
        }

        var held = Path.Combine(storage, Path.GetFileNameWithoutExtension(EvidenceStoreRegistration.FileName) + ".lock");
        if (File.Exists(held))
        {
            try
            {
                using var alone = new FileStream(held, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException fault)
            {
                throw new EvidenceUnavailableException("Another process has the evidence store open: the API runs. Stop it first.", fault);
            }
        }
    }
}

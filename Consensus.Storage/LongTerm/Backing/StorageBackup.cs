using Consensus.Contracts.LongTerm;
using Consensus.Storage.Audit;
using Consensus.Storage.Evidence;
using Consensus.Storage.Evidence.LiteDb;
using Consensus.Storage.Runs;
using Consensus.Storage.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace Consensus.Storage.LongTerm.Backing;

/// <summary>Backs every store up: the run log with its archive and the heads of its audit trail, and the evidence store. The audit key is none of it.</summary>
public static class StorageBackup
{
    /// <summary>While both stores are in use, with an entry in the audit trail. Every write that was acknowledged before is in it, not that entry.</summary>
    /// <param name="log">The run log; nothing of it is copied when it is switched off.</param>
    /// <param name="evidence">The evidence store, likewise.</param>
    /// <param name="folder">A new or empty folder.</param>
    /// <param name="now">The time.</param>
    /// <param name="keyId">The API key's name; <c>null</c> without one.</param>
    /// <param name="cancellationToken">Ends it between two stores; the folder then has no manifest.</param>
    /// <exception cref="IOException">The folder is not empty or cannot be written, or a copy is not sound.</exception>
    /// <exception cref="RunLogUnavailableException">The run log cannot be read, or, once the backup is complete, be told of it.</exception>
    /// <exception cref="EvidenceUnavailableException">The evidence store cannot be read.</exception>
    public static async Task<BackupManifest> WriteAsync(
        RunLog log, EvidenceStore evidence, string folder, DateTimeOffset now, string? keyId, CancellationToken cancellationToken)
    {
        DurableFile.RequireEmpty(folder);
        if (log.IsEnabled)
        {
            await log.CopyAsync(folder, cancellationToken);
        }

        await evidence.CopyAsync(Path.Combine(folder, EvidenceStoreRegistration.FileName), cancellationToken);
        var manifest = await Task.Run(() => BackupWriter.Finish(folder, now), cancellationToken);
        if (log.IsEnabled)
        {
            await log.NoteBackupAsync(manifest, keyId, CancellationToken.None);
        }

        return manifest;
    }

    /// <summary>Of a stopped API.</summary>
    /// <param name="storage">The storage folder.</param>
    /// <param name="folder">A new or empty folder.</param>
    /// <param name="now">The time.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="RunLogUnavailableException">There is no run log, or another process has it open.</exception>
    /// <exception cref="EvidenceUnavailableException">The evidence store cannot be read, or another process has it open.</exception>
    /// <exception cref="IOException">The folder is not empty or cannot be written, or a copy is not sound.</exception>
    public static async Task<BackupManifest> WriteStoppedAsync(string storage, string folder, DateTimeOffset now, CancellationToken cancellationToken)
    {
        using var file = new RunLogFile(Path.Combine(storage, RunLogRegistration.FileName), fullSync: true, TimeSpan.FromSeconds(1), NullLogger.Instance, exclusive: true);
        await using var connection = file.OpenAloneForReading();
        DurableFile.RequireEmpty(folder);
        BackupWriter.CopyLog(connection, storage, Path.GetFullPath(AuditOptions.OfEnvironment().HeadFile, storage), folder);
        var evidence = Path.Combine(storage, EvidenceStoreRegistration.FileName);
        if (File.Exists(evidence))
        {
            using var store = new EvidenceFile(evidence, NullLogger.Instance);
            await store.CopyAsync(Path.Combine(folder, EvidenceStoreRegistration.FileName), cancellationToken);
        }

        return BackupWriter.Finish(folder, now);
    }
}

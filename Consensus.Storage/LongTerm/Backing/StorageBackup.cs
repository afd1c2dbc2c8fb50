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

    /// <summary>
    /// Of a stopped API: what there is of both stores, as it is, also of an earlier version. Then with an entry in the audit trail, where that can be written
    /// without changing anything else.
    /// </summary>
    /// <param name="storage">The storage folder.</param>
    /// <param name="folder">A new or empty folder.</param>
    /// <param name="now">The time.</param>
    /// <param name="cancellationToken">Ends it; once the backup is complete, no longer.</param>
    /// <exception cref="RunLogUnavailableException">There is neither a run log nor an evidence store, or another process has the log open.</exception>
    /// <exception cref="EvidenceUnavailableException">The evidence store cannot be read, or another process has it open.</exception>
    /// <exception cref="IOException">The folder is not empty or cannot be written, or a copy is not sound.</exception>
    public static async Task<StoppedBackup> WriteStoppedAsync(string storage, string folder, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var (log, evidence) = (Path.Combine(storage, RunLogRegistration.FileName), Path.Combine(storage, EvidenceStoreRegistration.FileName));
        if (!File.Exists(log))
        {
            return File.Exists(evidence)
                ? new StoppedBackup(
                    await WriteEvidenceAsync(storage, evidence, folder, now, cancellationToken),
                    $"there is no run log at {log}; the backup has the evidence store")
                : throw new RunLogUnavailableException($"There is no run log at {log}, and no evidence store beside it.");
        }

        BackupManifest manifest;
        bool isCurrent;
        using (var file = new RunLogFile(log, fullSync: true, TimeSpan.FromSeconds(1), NullLogger.Instance, exclusive: true))
        {
            await using var connection = file.OpenAloneForReading();
            isCurrent = RunLogFile.IsCurrent(connection);
            DurableFile.RequireEmpty(folder);
            BackupWriter.CopyLog(connection, storage, Heads(storage), folder);
            if (File.Exists(evidence))
            {
                await CopyEvidenceAsync(evidence, folder, cancellationToken);
            }

            manifest = BackupWriter.Finish(folder, now);
        }

        return new StoppedBackup(
            manifest, isCurrent ? await NoteAsync(log, manifest) : $"the run log {log} was written by another version of this program, and stays as it is");
    }

    private static async Task<BackupManifest> WriteEvidenceAsync(
        string storage, string evidence, string folder, DateTimeOffset now, CancellationToken cancellationToken)
    {
        DurableFile.RequireEmpty(folder);
        if (File.Exists(Heads(storage)))
        {
            BackupWriter.Copy(Heads(storage), Path.Combine(folder, BackupWriter.Heads));
        }

        await CopyEvidenceAsync(evidence, folder, cancellationToken);
        return BackupWriter.Finish(folder, now);
    }

    private static async Task CopyEvidenceAsync(string evidence, string folder, CancellationToken cancellationToken)
    {
        using var store = new EvidenceFile(evidence, NullLogger.Instance);
        await store.CopyAsync(Path.Combine(folder, EvidenceStoreRegistration.FileName), cancellationToken);
    }

    private static string Heads(string storage) => Path.GetFullPath(AuditOptions.OfEnvironment().HeadFile, storage);

    /// <returns>Why the trail has no entry; <c>null</c> when it has one.</returns>
    private static async Task<string?> NoteAsync(string log, BackupManifest manifest)
    {
        try
        {
            await using var alone = await RunLog.OpenAloneAsync(log, TimeProvider.System, NullLogger.Instance, CancellationToken.None);
            await alone.NoteBackupAsync(manifest, keyId: null, CancellationToken.None);
            return null;
        }
        catch (RunLogUnavailableException fault)
        {
            return fault.Message;
        }
    }
}

/// <summary>A backup of a stopped API.</summary>
/// <param name="Manifest">What it holds.</param>
/// <param name="NotNoted">Why the audit trail has no entry of it, as the end of a sentence; <c>null</c> when it has one.</param>
public sealed record StoppedBackup(BackupManifest Manifest, string? NotNoted);

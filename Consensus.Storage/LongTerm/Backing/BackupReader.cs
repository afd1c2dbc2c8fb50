using System.Text.Json;
using Consensus.Contracts.Json;
using Consensus.Contracts.LongTerm;
using Consensus.Storage.LongTerm.Archiving;
using Consensus.Storage.Runs;

namespace Consensus.Storage.LongTerm.Backing;

/// <summary>Reads what backups hold.</summary>
public static class BackupReader
{
    /// <summary>A backup at a glance, or with every file read.</summary>
    /// <param name="backup">The backup's folder.</param>
    /// <param name="verify">Whether every file is read and held against its SHA-256; else only whether it is there with its length.</param>
    /// <param name="cancellationToken">Ends it between two files.</param>
    /// <exception cref="InvalidDataException">It is no backup, or of a later version.</exception>
    /// <exception cref="IOException">It cannot be read, or was taken away meanwhile.</exception>
    public static BackupSummary Summarize(string backup, bool verify, CancellationToken cancellationToken)
    {
        var manifest = Read(backup);
        var damaged = Checksums.Wrong(backup, manifest.Files, verify, cancellationToken);
        return Summarize(Path.GetFileName(backup), manifest) with
        {
            Check = damaged.Count > 0 ? BackupCheck.Damaged : verify ? BackupCheck.Sound : BackupCheck.NotChecked,
            DamagedFiles = damaged,
        };
    }

    /// <summary>A backup by its manifest alone.</summary>
    public static BackupSummary Summarize(string name, BackupManifest manifest) => new(
        name, manifest.CreatedAt, manifest.Files.Sum(static file => file.Bytes), [.. manifest.Files.Select(static file => StoreOf(file.Name)).Distinct().Order()],
        BackupCheck.NotChecked, []);

    /// <summary>What a backup says that it holds.</summary>
    /// <exception cref="InvalidDataException">It is no backup, or of a later version.</exception>
    internal static BackupManifest Read(string backup)
    {
        var path = Path.Combine(backup, BackupWriter.Manifest);
        if (!File.Exists(path))
        {
            throw new InvalidDataException($"There is no {BackupWriter.Manifest}: the folder is no backup, or one that was not finished.");
        }

        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(path), ConsensusJson.Default.BackupManifest) is { SchemaVersion: 1, Files.Count: > 0, DatabaseSchema: not null } manifest
                ? manifest
                : throw new InvalidDataException($"{path} is no manifest of a backup, or one of a later version.");
        }
        catch (JsonException fault)
        {
            throw new InvalidDataException($"{path} is no manifest of a backup: {fault.Message}", fault);
        }
    }

    private static BackedUpStore StoreOf(string file) =>
        file.StartsWith(ArchiveFiles.Name + "/", StringComparison.Ordinal) ? BackedUpStore.Archive
        : file == BackupWriter.Heads ? BackedUpStore.AuditHeads
        : file == RunLogRegistration.FileName ? BackedUpStore.RunLog
        : BackedUpStore.Evidence;
}

using System.Text.Json.Serialization;
using Consensus.Contracts.Json;

namespace Consensus.Contracts.LongTerm;

/// <summary>What a backup holds a copy of.</summary>
[JsonConverter(typeof(SnakeCaseEnum<BackedUpStore>))]
public enum BackedUpStore
{
    /// <summary>The run log.</summary>
    RunLog,

    /// <summary>The run log's archive.</summary>
    Archive,

    /// <summary>The signed heads of the audit trail.</summary>
    AuditHeads,

    /// <summary>Collections and evidence records.</summary>
    Evidence,
}

/// <summary>Whether a backup is what was written.</summary>
[JsonConverter(typeof(SnakeCaseEnum<BackupCheck>))]
public enum BackupCheck
{
    /// <summary>Every file is there with its length; they were not read.</summary>
    NotChecked,

    /// <summary>Every file was read, and has the SHA-256 of its manifest.</summary>
    Sound,

    /// <summary>Files are missing or not what was written: it cannot be restored.</summary>
    Damaged,
}

/// <summary>A complete backup.</summary>
/// <param name="Name">Its folder in <c>Backup:Folder</c>.</param>
/// <param name="CreatedAt">When it was begun: every run that was acknowledged before is in it.</param>
/// <param name="SizeBytes">The length of its files.</param>
/// <param name="Stores">What it has copies of.</param>
/// <param name="Check">Whether it is what was written.</param>
/// <param name="DamagedFiles">The files that are missing or not what was written.</param>
public sealed record BackupSummary(
    string Name, DateTimeOffset CreatedAt, long SizeBytes, IReadOnlyList<BackedUpStore> Stores, BackupCheck Check, IReadOnlyList<string> DamagedFiles);

/// <summary>The answer of <c>GET /v1/backups</c>.</summary>
/// <param name="IsRunning">Whether one is being made now.</param>
/// <param name="NextAt">When the next is due by <c>Backup:Every</c>; a failed one is tried again sooner than that.</param>
/// <param name="Backups">The complete ones, newest first.</param>
public sealed record BackupList(bool IsRunning, DateTimeOffset NextAt, IReadOnlyList<BackupSummary> Backups);

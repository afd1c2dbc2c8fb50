namespace Consensus.Contracts.Errors;

/// <summary>Of backups.</summary>
public static partial class ErrorCatalog
{
    /// <summary>A backup is being made.</summary>
    public static readonly ErrorCode BackupInProgress = new("backup_in_progress", 409, true, "A backup is being made.",
        "Only one is made at a time, and this one was begun before, perhaps by the schedule. `GET /v1/backups` has it once it is complete.");

    /// <summary>There is nowhere for backups.</summary>
    public static readonly ErrorCode BackupsDisabled = new("backups_disabled", 409, false, "There is nowhere for backups.",
        "`Backup:Folder` is not set. Give it an absolute path, on another disk than the storage folder, and start the service anew.");

    /// <summary>The run log is a database, which is backed up by its own means.</summary>
    public static readonly ErrorCode BackupByDatabase = new("backup_by_database", 409, false, "The run log is a database and is backed up by its own means.",
        "Runs are in the PostgreSQL database of `ConnectionStrings:runs`: copy it with `pg_dump` or a snapshot of its server, and with it the storage folder.");

    /// <summary>The backup could not be made.</summary>
    public static readonly ErrorCode BackupFailed = new("backup_failed", 500, true, "The backup could not be made.",
        "`Backup:Folder` cannot be written, its disk is full, or what was copied is not sound. Nothing of it is left, and earlier backups are as they were. "
        + "The log has the details under the `requestId`.");
}

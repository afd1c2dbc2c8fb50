namespace Consensus.Contracts.Audit;

/// <summary>What the audit trail records.</summary>
public enum AuditAction
{
    /// <summary>The trail began: what was stored before has no entries of its own.</summary>
    TrailBegun,

    /// <summary>The database's schema was brought up to date.</summary>
    SchemaUpgraded,

    /// <summary>From here on entries are signed with another key.</summary>
    AuditKeyChanged,

    /// <summary>A run that completed was stored.</summary>
    RunCompleted,

    /// <summary>A run that failed was stored, or one was found interrupted.</summary>
    RunFailed,

    /// <summary>A run that was cancelled was stored.</summary>
    RunCancelled,

    /// <summary>A run was erased on its own.</summary>
    RunDeleted,

    /// <summary>A stored run was decided again, to compare.</summary>
    RunReplayed,

    /// <summary>A run was labelled.</summary>
    RunLabelled,

    /// <summary>A submission of scores was stored.</summary>
    ScoresStored,

    /// <summary>Another scoring configuration came in force.</summary>
    ScoringConfigChanged,

    /// <summary>Another policy came in force.</summary>
    PolicyChanged,

    /// <summary>Another fitted document (calibration, reliability, learned votes) came in force.</summary>
    CalibrationChanged,

    /// <summary>How long things are kept changed.</summary>
    RetentionChanged,

    /// <summary>A key was made.</summary>
    KeyCreated,

    /// <summary>A key was given another secret.</summary>
    KeyRotated,

    /// <summary>A key was taken back.</summary>
    KeyRevoked,

    /// <summary>A result of a benchmark was published.</summary>
    BenchmarkPublished,

    /// <summary>A batch of rows was purged.</summary>
    Purged,

    /// <summary>Runs were exported.</summary>
    RunsExported,

    /// <summary>A run was read back from an export.</summary>
    RunImported,

    /// <summary>An export was read back.</summary>
    RunsImported,

    /// <summary>A batch of runs moved into the archive.</summary>
    RunsArchived,

    /// <summary>Every store was copied while the service ran.</summary>
    BackupMade,

    /// <summary>The run log moved to this place.</summary>
    StorageMoved,

    /// <summary>A move of the run log was rolled back: this place is the log again.</summary>
    StorageReturned,
}

namespace Consensus.Contracts.Errors;

/// <summary>The list of them.</summary>
public static partial class ErrorCatalog
{
    /// <summary>A class of its own: it is made once every entry is, in whichever file that stands.</summary>
    private static class Listed
    {
        public static readonly IReadOnlyList<ErrorCode> All =
        [
            MalformedJson, ValidationFailed, ContentNotStored, ArchivedRange,
            Unauthorized, Forbidden,
            NotFound, VersionNotSupported, ModelNotFound, RunNotFound, NotFitted, ProposalNotFound, BenchmarkNotFound, CollectionNotFound,
            DocumentNotFound, EvidenceNotFound, JobNotFound, ScoringConfigNotFound, PolicyNotFound, KeyNotFound,
            MethodNotAllowed, NotAcceptable,
            RunLogDisabled, EvidenceDisabled, CollectionFull, RunInProgress, RunHeld, PurgeInProgress, BackupInProgress, BackupsDisabled, BackupByDatabase,
            RunFinished, RunCancelled, RunElsewhere, IdempotencyInFlight, JobFinished, JobNotDead, NoJudges, RunNotJudgeable,
            RunNotReplayable, KeyExists, KeyRevoked, KeyConfigured,
            RunErased, PreconditionFailed, BodyTooLarge, UnsupportedMediaType, IdempotencyKeyReused,
            RateLimited, TooManyRuns, BudgetExhausted,
            InternalError, EvidenceVersionUnsupported, RunInterrupted, BackupFailed,
            PanelFailed, RunLogUnavailable, EvidenceUnavailable, IdentityUnavailable, Draining,
            DeadlineExceeded,
        ];
    }
}

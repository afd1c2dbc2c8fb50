namespace Consensus.Contracts.Errors;

/// <summary>Every error the API answers with. <c>docs/errors.md</c> is made from it; codes are never renamed or reused.</summary>
public static partial class ErrorCatalog
{
    /// <summary>The body is not JSON.</summary>
    public static readonly ErrorCode MalformedJson = new("malformed_json", 400, false, "The body is not valid JSON.",
        "The body could not be parsed as JSON. The detail names the line and position of the first fault.");

    /// <summary>One or more members are wrong; all of them are in <c>errors</c>.</summary>
    public static readonly ErrorCode ValidationFailed = new("validation_failed", 400, false, "The request is not valid.",
        "One or more members of the request are wrong. `errors` lists every violation with its field, code, message and what is allowed.");

    /// <summary>The operation needs stored content that the privacy level excludes.</summary>
    public static readonly ErrorCode ContentNotStored = new("content_not_stored", 400, false, "The content is not stored.",
        "The operation needs the stored content of a run, and the configured privacy level (`RunLog:Content`) does not keep it.");

    /// <summary>No usable credentials.</summary>
    public static readonly ErrorCode Unauthorized = new("unauthorized", 401, false, "A valid key is needed.",
        "No key was given, or the key is not known, expired or revoked. Send it as `Authorization: Bearer <key>`.");

    /// <summary>The key lacks the scope.</summary>
    public static readonly ErrorCode Forbidden = new("forbidden", 403, false, "The key may not do this.",
        "The key is known, but lacks the scope that the operation needs; the detail names it.");

    /// <summary>No such route.</summary>
    public static readonly ErrorCode NotFound = new("not_found", 404, false, "There is nothing at this address.",
        "The path is not part of the API. `GET /openapi/v1.json` lists what is.");

    /// <summary>No such version of the API.</summary>
    public static readonly ErrorCode VersionNotSupported = new("version_not_supported", 404, false, "This version of the API is not here.",
        "The path names a version of the API that this server does not have, not yet or no longer; the detail names those that it has.");

    /// <summary>No such model, over OpenAI's protocol.</summary>
    public static readonly ErrorCode ModelNotFound = new("model_not_found", 404, false, "There is no such model.",
        "Under `/openai` the member `model` names a panel, a strategy or a model that does not exist here. `GET /openai/v1/models` lists those that do.");

    /// <summary>No such run.</summary>
    public static readonly ErrorCode RunNotFound = new("run_not_found", 404, false, "There is no run with this id.",
        "The id is not that of a stored run, or the run belongs to another key.");

    /// <summary>No fitted document.</summary>
    public static readonly ErrorCode NotFitted = new("not_fitted", 404, false, "Nothing has been fitted.",
        "No fitted document is in force. `PUT /v1/calibration` takes one; until then confidence is not calibrated.");

    /// <summary>No such proposal.</summary>
    public static readonly ErrorCode ProposalNotFound = new("proposal_not_found", 404, false, "There is no proposal with this id.",
        "The id is not that of a document that was fitted to labels. `GET /v1/calibration/proposals` lists those that are.");

    /// <summary>No such result of a benchmark.</summary>
    public static readonly ErrorCode BenchmarkNotFound = new("benchmark_not_found", 404, false, "There is no benchmark result with this id.",
        "The id is not that of a published result. `GET /v1/benchmarks` lists those that are.");

    /// <summary>No such collection.</summary>
    public static readonly ErrorCode CollectionNotFound = new("collection_not_found", 404, false, "There is no collection with this id.",
        "The id is not that of a collection, or the collection belongs to another key and is not shared. `GET /v1/collections` lists those that can be read.");

    /// <summary>No such document.</summary>
    public static readonly ErrorCode DocumentNotFound = new("document_not_found", 404, false, "There is no document with this id.",
        "The id is not that of a document of this collection. `GET /v1/collections/{id}/documents` lists those that are.");

    /// <summary>No such judge job.</summary>
    public static readonly ErrorCode JobNotFound = new("job_not_found", 404, false, "There is no judge job with this id.",
        "The id is not that of a judge job, its run was erased, or the run belongs to another key. `GET /v1/scoring/jobs` lists those that are.");

    /// <summary>No such evidence record.</summary>
    public static readonly ErrorCode EvidenceNotFound = new("evidence_not_found", 404, false, "There is no evidence record with this id.",
        "The id is not that of a stored evidence record, its run was erased, or it belongs to another key. `GET /v1/evidence` lists those that are.");

    /// <summary>No such scoring configuration.</summary>
    public static readonly ErrorCode ScoringConfigNotFound = new("scoring_config_not_found", 404, false, "There is no scoring configuration with this version.",
        "No configuration of this version is or was in force. `GET /v1/scoring/config/history` lists those that were.");

    /// <summary>No such key.</summary>
    public static readonly ErrorCode KeyNotFound = new("key_not_found", 404, false, "There is no key with this name.",
        "No key of this name is configured or stored. `GET /v1/keys` lists those that are.");

    /// <summary>No such policy.</summary>
    public static readonly ErrorCode PolicyNotFound = new("policy_not_found", 404, false, "There is no policy with this version.",
        "No policy of this version is or was in force. `GET /v1/policy/history` lists those that were.");

    /// <summary>Wrong verb.</summary>
    public static readonly ErrorCode MethodNotAllowed = new("method_not_allowed", 405, false, "The method is not allowed here.",
        "The path exists, but not with this HTTP method; the `Allow` header names those that do.");

    /// <summary>Unservable Accept.</summary>
    public static readonly ErrorCode NotAcceptable = new("not_acceptable", 406, false, "No acceptable representation.",
        "The `Accept` header names neither `application/json` nor, where streaming is offered, `text/event-stream`.");

    /// <summary>The run log is switched off.</summary>
    public static readonly ErrorCode RunLogDisabled = new("run_log_disabled", 409, false, "The run log is switched off.",
        "Runs are not stored on this system (`RunLog:Enabled` is false), so they cannot be looked up.");

    /// <summary>The evidence store is switched off.</summary>
    public static readonly ErrorCode EvidenceDisabled = new("evidence_disabled", 409, false, "The evidence store is switched off.",
        "Collections and evidence records are not stored on this system (`Evidence:Enabled` is false).");

    /// <summary>There is no room for more.</summary>
    public static readonly ErrorCode CollectionFull = new("collection_full", 409, false, "There is no room for more.",
        "The key has as many collections as it may, or the collection as many documents or characters. The detail says how many; delete what is not needed.");

    /// <summary>The run is still going.</summary>
    public static readonly ErrorCode RunInProgress = new("run_in_progress", 409, true, "The run is still going.",
        "The operation needs a finished run. Wait for it, or cancel it first.");

    /// <summary>A tag holds the run.</summary>
    public static readonly ErrorCode RunHeld = new("run_held", 409, false, "The run is held.",
        "The run has a tag of `Retention:HoldTags`, as for a legal hold: nothing erases it, nor what belongs to it, until that setting names the tag no more.");

    /// <summary>The filters reach into the archive.</summary>
    public static readonly ErrorCode ArchivedRange = new("archived_range", 400, false, "The filters reach into the archive.",
        "Archived runs are found by `id`, `from`, `to` and key only. Set `from` later than the time that the detail names to ask the newer runs, or take the archived ones with "
        + "`consensus export` and look there.");

    /// <summary>A purge is going on.</summary>
    public static readonly ErrorCode PurgeInProgress = new("purge_in_progress", 409, true, "A purge is going on.",
        "Only one purge goes on at a time, and this one has begun before, perhaps by the schedule. `GET /v1/retention` shows how far it is.");

    /// <summary>The run has ended.</summary>
    public static readonly ErrorCode RunFinished = new("run_finished", 409, false, "The run has ended.",
        "There is nothing to cancel: the run had ended before. `GET /v1/runs/{id}` has what came of it.");

    /// <summary>The run was cancelled.</summary>
    public static readonly ErrorCode RunCancelled = new("run_cancelled", 409, false, "The run was cancelled.",
        "The run was stopped with `POST /v1/runs/{id}/cancel` before it was decided. What had finished by then stands in `candidates` and may have been billed.");

    /// <summary>The run is conducted by another process.</summary>
    public static readonly ErrorCode RunElsewhere = new("run_elsewhere", 409, true, "The run is conducted by another process.",
        "The run is still going, but not in the process that was asked: only the one that conducts it can tell its events or stop it. Once it has ended, every process can tell of it.");

    /// <summary>The same Idempotency-Key is in flight.</summary>
    public static readonly ErrorCode IdempotencyInFlight = new("idempotency_in_flight", 409, true, "The run of this Idempotency-Key is still going.",
        "A request with the same `Idempotency-Key` is being worked on. Ask again after `Retry-After`: the answer of that run is then given. `runId`, where known, names the run.");

    /// <summary>The job is not waiting.</summary>
    public static readonly ErrorCode JobFinished = new("job_finished", 409, false, "The judge job is finished.",
        "The job is done or was given up; there is nothing to begin. A dead letter can be put back with `POST /v1/scoring/jobs/{id}/retry`.");

    /// <summary>The job is no dead letter.</summary>
    public static readonly ErrorCode JobNotDead = new("job_not_dead", 409, false, "The judge job is no dead letter.",
        "Only a job that was given up can be retried: this one waits, or is done. `POST /v1/scoring/jobs` judges a run once more.");

    /// <summary>There are no judges.</summary>
    public static readonly ErrorCode NoJudges = new("no_judges", 409, false, "No judge is configured.",
        "The scoring configuration in force names no judge. `PUT /v1/scoring/config` takes one that does.");

    /// <summary>The run has nothing to judge.</summary>
    public static readonly ErrorCode RunNotJudgeable = new("run_not_judgeable", 409, false, "The run has nothing to judge.",
        "The run has no question, as an aggregate without `prompt`, or no candidate of it has a text, as when every call failed.");

    /// <summary>The run was never decided.</summary>
    public static readonly ErrorCode RunNotReplayable = new("run_not_replayable", 409, false, "The run was never decided.",
        "There is nothing to decide again: the run failed, was cancelled or refused by a policy, or a version that knew another strategy decided it.");

    /// <summary>The run of an Idempotency-Key is no more.</summary>
    public static readonly ErrorCode RunErased = new("run_erased", 410, false, "The run of this Idempotency-Key was erased.",
        "The key has begun a run before, and that run was erased: there is nothing to give back, and a key begins one run only. Send a new key to ask anew.");

    /// <summary>The name is taken.</summary>
    public static readonly ErrorCode KeyExists = new("key_exists", 409, false, "The name of the key is taken.",
        "There is or was a key of this name. A name is never given again, also after its key was revoked: runs belong to a key by its name.");

    /// <summary>The key was taken back.</summary>
    public static readonly ErrorCode KeyRevoked = new("key_revoked", 409, false, "The key is revoked.",
        "A key that was revoked gets no new secret. Make one of another name.");

    /// <summary>The key is configured.</summary>
    public static readonly ErrorCode KeyConfigured = new("key_configured", 409, false, "The key is one of the configuration.",
        "The key stands in the configuration of the service (`Auth:Keys`) and is changed there: it cannot be rotated or revoked over the API.");

    /// <summary>Another version is in force.</summary>
    public static readonly ErrorCode PreconditionFailed = new("precondition_failed", 412, false, "Another version is in force.",
        "What is in force is none of the versions that `If-Match` names: somebody else has replaced it. Read it again and decide anew.");

    /// <summary>The body is too large.</summary>
    public static readonly ErrorCode BodyTooLarge = new("body_too_large", 413, false, "The body is too large.",
        "The body exceeds the cap that `docs/api.md` names; the detail says how many bytes are allowed.");

    /// <summary>The body is not JSON by its media type.</summary>
    public static readonly ErrorCode UnsupportedMediaType = new("unsupported_media_type", 415, false, "The body's media type is not supported.",
        "Bodies are `application/json` in UTF-8.");

    /// <summary>The Idempotency-Key belongs to another request.</summary>
    public static readonly ErrorCode IdempotencyKeyReused = new("idempotency_key_reused", 422, false, "The Idempotency-Key was used for another request.",
        "Within 24 hours an `Idempotency-Key` stands for one request to one route. Send a new key with a request that differs.");

    /// <summary>Too many requests.</summary>
    public static readonly ErrorCode RateLimited = new("rate_limited", 429, true, "Too many requests.",
        "The key, or the address without one, has asked more often than it may in a minute. `Retry-After` says when the next request will be taken.");

    /// <summary>Too many runs at a time.</summary>
    public static readonly ErrorCode TooManyRuns = new("too_many_runs", 429, true, "Too many runs at a time.",
        "The key has as many runs going as it may have at a time. One more is taken when one of them has ended.");

    /// <summary>The day's budget is spent.</summary>
    public static readonly ErrorCode BudgetExhausted = new("budget_exhausted", 429, true, "The budget of the day is spent.",
        "What the key's runs of this UTC day cost, and those that are going may cost at worst, leaves no room for this one. `Retry-After` says when there may be room again.");

    /// <summary>A fault of ours.</summary>
    public static readonly ErrorCode InternalError = new("internal_error", 500, true, "Something went wrong on our side.",
        "An unforeseen fault. The log has the details under the `requestId`.");

    /// <summary>A later version has stored it.</summary>
    public static readonly ErrorCode EvidenceVersionUnsupported = new("evidence_version_unsupported", 500, false, "What is stored is of a version that is not known here.",
        "A later version of this software has stored it, or it was changed by other means. It is left as it is; the detail names it and its version. Update the service.");

    /// <summary>The process ended before the run.</summary>
    public static readonly ErrorCode RunInterrupted = new("run_interrupted", 500, false, "The run was interrupted.",
        "The process that conducted the run ended before the run did. Calls of it may have been billed, so it is not begun again: send a new `Idempotency-Key` to ask anew.");

    /// <summary>Every call failed.</summary>
    public static readonly ErrorCode PanelFailed = new("panel_failed", 502, true, "No model gave an answer.",
        "Every call of the panel failed. `candidates` has the reason of each; where runs are stored, so has the run `runId`.");

    /// <summary>The run log cannot be written.</summary>
    public static readonly ErrorCode RunLogUnavailable = new("run_log_unavailable", 503, true, "The run log cannot be written.",
        "The run could not be stored, and this system does not give answers that it cannot account for (`RunLog:Required`).");

    /// <summary>The evidence store cannot be read or written.</summary>
    public static readonly ErrorCode EvidenceUnavailable = new("evidence_unavailable", 503, true, "The evidence store cannot be used.",
        "The evidence store cannot be opened, read or written: another process has its file open, the disk is full, or its database does not answer. `GET /ready` says `degraded` meanwhile.");

    /// <summary>Who signs the tokens cannot be asked.</summary>
    public static readonly ErrorCode IdentityUnavailable = new("identity_unavailable", 503, true, "The identity provider cannot be reached.",
        "The token cannot be checked, since the keys of `Auth:Jwt:Authority` cannot be read. Keys of this system are taken meanwhile. Try again in a moment.");

    /// <summary>Shutting down.</summary>
    public static readonly ErrorCode Draining = new("draining", 503, true, "The service is shutting down.",
        "The service finishes what it has begun and takes nothing new. Try another replica, or again in a moment.");

    /// <summary>The deadline passed with nothing to decide on.</summary>
    public static readonly ErrorCode DeadlineExceeded = new("deadline_exceeded", 504, true, "The deadline passed before any model answered.",
        "No answer arrived within `deadlineMs`. Raise the deadline or ask faster models. Where runs are stored, `runId` names this one.");

    /// <summary>All entries, by status.</summary>
    public static IReadOnlyList<ErrorCode> All => Listed.All;
}

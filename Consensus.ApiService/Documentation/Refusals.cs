using Consensus.Contracts.Errors;
using static Consensus.Contracts.Errors.ErrorCatalog;

namespace Consensus.ApiService.Documentation;

/// <summary>Errors that routes have in common, by what brings them about.</summary>
internal static class Refusals
{
    /// <summary>Of every route that takes a key: who asks, how often, and whether that can be told at all.</summary>
    public static readonly ErrorCode[] OfCallers = [Unauthorized, Forbidden, RateLimited, InternalError, RunLogUnavailable, IdentityUnavailable];

    /// <summary>Of a body of JSON.</summary>
    public static readonly ErrorCode[] OfBodies = [MalformedJson, ValidationFailed, BodyTooLarge, UnsupportedMediaType];

    /// <summary>Of what needs the run log.</summary>
    public static readonly ErrorCode[] OfStore = [RunLogDisabled];

    /// <summary>Of a run that is asked for: what it may be refused for, and that of an <c>Idempotency-Key</c>.</summary>
    public static readonly ErrorCode[] OfRuns =
    [
        RunLogDisabled, ContentNotStored, TooManyRuns, BudgetExhausted, IdempotencyInFlight, IdempotencyKeyReused, RunErased, RunCancelled, RunInterrupted, PanelFailed, Draining,
    ];

    /// <summary>Those that say when to ask again.</summary>
    public static readonly ErrorCode[] WithRetryAfter = [RateLimited, TooManyRuns, BudgetExhausted, IdempotencyInFlight, RunElsewhere];

    /// <summary>Those that say where the run is, if it is stored.</summary>
    public static readonly ErrorCode[] WithLocation = [RunFinished, RunElsewhere, RunCancelled, RunInterrupted, IdempotencyInFlight, PanelFailed, DeadlineExceeded];

    /// <summary>What a run may have ended with, which is told again to who sends its <c>Idempotency-Key</c> again.</summary>
    public static readonly ErrorCode[] Replayed = [RunCancelled, RunInterrupted, PanelFailed, DeadlineExceeded];
}

using System.Text.Json.Serialization;
using Consensus.Contracts.Json;

namespace Consensus.Contracts.Runs;

/// <summary>What the panel came to.</summary>
[JsonConverter(typeof(SnakeCaseEnum<Outcome>))]
public enum Outcome
{
    /// <summary>One cluster holds more than the quorum share of all asked.</summary>
    Consensus,

    /// <summary>One cluster leads alone, short of the quorum: with at least two voters, or put first by rankings or judges.</summary>
    Plurality,

    /// <summary>A tie at the top, or no two answers agree: there is no answer, the leaders stand in <c>clusters</c>.</summary>
    NoConsensus,

    /// <summary>Fewer usable answers than <c>minResponses</c>.</summary>
    QuorumNotMet,
}

/// <summary>Where a run is in its life.</summary>
[JsonConverter(typeof(SnakeCaseEnum<RunStatus>))]
public enum RunStatus
{
    /// <summary>Taken in, not yet begun.</summary>
    Accepted,

    /// <summary>Models are being asked.</summary>
    Running,

    /// <summary>Decided; <c>outcome</c> says what came of it.</summary>
    Completed,

    /// <summary>No candidate came back, or the run was interrupted.</summary>
    Failed,

    /// <summary>The caller went away or asked for the run to stop.</summary>
    Cancelled,
}

/// <summary>How the run came about.</summary>
[JsonConverter(typeof(SnakeCaseEnum<RunKind>))]
public enum RunKind
{
    /// <summary>The system asked the panel.</summary>
    Consensus,

    /// <summary>The caller brought the answers.</summary>
    Aggregate,

    /// <summary>The system asked the panel to answer from passages.</summary>
    Evidence,
}

/// <summary>What became of one question to one model.</summary>
[JsonConverter(typeof(SnakeCaseEnum<CandidateStatus>))]
public enum CandidateStatus
{
    /// <summary>An answer with a vote.</summary>
    Answered,

    /// <summary>Text came back, but no answer could be read from it: no vote, still in the denominator.</summary>
    NoAnswer,

    /// <summary>The call failed; <c>error</c> says why.</summary>
    Failed,
}

/// <summary>Why a candidate has no vote. A closed list: a client may switch on it.</summary>
[JsonConverter(typeof(SnakeCaseEnum<FailureReason>))]
public enum FailureReason
{
    /// <summary>No answer within the call's or the run's deadline.</summary>
    Timeout,

    /// <summary>The provider refused for too many requests, also after waiting as it asked.</summary>
    RateLimited,

    /// <summary>The provider answered with a server error or could not be reached.</summary>
    Unavailable,

    /// <summary>The model declined to answer.</summary>
    Refused,

    /// <summary>The provider answered without content.</summary>
    Empty,

    /// <summary>The provider's answer broke its protocol: not JSON, cut off in mid-stream, members missing.</summary>
    Malformed,

    /// <summary>The breaker of this model is open after repeated failures; it was not asked.</summary>
    CircuitOpen,

    /// <summary>Stopped before it finished: by the caller, or because the result could no longer change.</summary>
    Cancelled,

    /// <summary>The provider rejected the credentials.</summary>
    Unauthorized,

    /// <summary>The provider rejected the request itself (for example: prompt too long for the model).</summary>
    Rejected,

    /// <summary>Not asked: the worst-case price of the call would exceed what is left of <c>maxCostUsd</c>.</summary>
    CostLimit,

    /// <summary>Text came back, but no answer of the asked kind could be read from it.</summary>
    NoAnswer,

    /// <summary>A fault inside this system while asking; the log has it under the request id.</summary>
    Internal,
}

/// <summary>When a fan-out may end before every model has answered.</summary>
[JsonConverter(typeof(SnakeCaseEnum<EarlyStop>))]
public enum EarlyStop
{
    /// <summary>Everybody is asked at once and nobody is cut.</summary>
    Off,

    /// <summary>Everybody is asked at once; the rest is cancelled once winner and outcome can no longer change.</summary>
    Certain,

    /// <summary>Asked in waves, best model first, until the leader is unlikely to be overtaken.</summary>
    Adaptive,
}

/// <summary>How the rankings of <c>ranked</c> become one.</summary>
[JsonConverter(typeof(SnakeCaseEnum<RankingMethod>))]
public enum RankingMethod
{
    /// <summary>By the strongest chains of duels; the default.</summary>
    Schulze,

    /// <summary>By duels won less duels lost.</summary>
    Copeland,

    /// <summary>By the mean place.</summary>
    Borda,
}

/// <summary>The level of the stability signal, defined in <c>docs/stability.md</c>.</summary>
[JsonConverter(typeof(SnakeCaseEnum<StabilityLevel>))]
public enum StabilityLevel
{
    /// <summary>No single model's absence changes the verdict.</summary>
    Stable,

    /// <summary>At least one model's absence would change the verdict.</summary>
    Fragile,

    /// <summary>There is no winner to be stable.</summary>
    Contested,

    /// <summary>Too few votes to say.</summary>
    Insufficient,
}

/// <summary>The type of an answer.</summary>
[JsonConverter(typeof(SnakeCaseEnum<AnswerKindName>))]
public enum AnswerKindName
{
    /// <summary>Found from the answers themselves.</summary>
    Auto,

    /// <summary>Free text, clustered by similarity.</summary>
    Text,

    /// <summary>A number, equal within a tolerance.</summary>
    Number,

    /// <summary>One of given options.</summary>
    Choice,

    /// <summary>Yes or no.</summary>
    Boolean,

    /// <summary>A JSON value, equal by structure.</summary>
    Json,

    /// <summary>A literal in Python's or JSON's style.</summary>
    Code,
}

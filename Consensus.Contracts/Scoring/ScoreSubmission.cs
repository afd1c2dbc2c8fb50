using System.Text.Json.Serialization;
using Consensus.Contracts.Json;

namespace Consensus.Contracts.Scoring;

/// <summary>What came of an attempt: the body of <c>POST /v1/scores</c>.</summary>
public sealed record ScoreSubmission
{
    /// <summary>The job.</summary>
    public required Guid JobId { get; init; }

    /// <summary>Which attempt, from 1.</summary>
    public required int Attempt { get; init; }

    /// <summary>The grades, unscored ones with their reason; also of an attempt that failed.</summary>
    public IReadOnlyList<Score> Scores { get; init => field = value ?? []; } = [];

    /// <summary>Why the job is not done by this; <c>null</c> when it is.</summary>
    public AttemptFailure? Failure { get; init; }
}

/// <summary>Why an attempt did not finish a job.</summary>
/// <param name="Reason">Why.</param>
/// <param name="Message">The same in a sentence, free of content.</param>
public sealed record AttemptFailure(AttemptFailureReason Reason, string Message);

/// <summary>Why an attempt did not finish a job.</summary>
[JsonConverter(typeof(SnakeCaseEnum<AttemptFailureReason>))]
public enum AttemptFailureReason
{
    /// <summary>The worker stops and gives the job back: the attempt does not count.</summary>
    Released,

    /// <summary>No judge gave any grade, for reasons that may pass.</summary>
    JudgesUnavailable,

    /// <summary>The job cannot be judged as it is: no candidate, no judge, a rubric that is gone. Not tried again by itself.</summary>
    NotJudgeable,

    /// <summary>The attempt took too long.</summary>
    Timeout,

    /// <summary>A fault of the worker.</summary>
    Internal,
}

/// <summary>What became of a submission.</summary>
/// <param name="JobId">The job.</param>
/// <param name="State">Where the job is now.</param>
/// <param name="Stored">How many of the scores are new, or replaced one that was unscored.</param>
/// <param name="Known">How many were there already.</param>
public sealed record ScoreReceipt(Guid JobId, JudgeJobState State, int Stored, int Known);

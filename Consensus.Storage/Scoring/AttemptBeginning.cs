using Consensus.Contracts.Scoring;

namespace Consensus.Storage.Scoring;

/// <summary>What came of beginning an attempt.</summary>
public enum AttemptOutcome
{
    /// <summary>It has begun and counts.</summary>
    Begun,

    /// <summary>There is no such job.</summary>
    NotFound,

    /// <summary>The job is done or was given up before.</summary>
    Finished,

    /// <summary>All its attempts had begun, and the last was never reported: the job is now a dead letter.</summary>
    Exhausted,
}

/// <summary>What came of beginning an attempt.</summary>
/// <param name="Outcome">Whether it has begun.</param>
/// <param name="Work">What to judge; <c>null</c> when it has not.</param>
public sealed record AttemptBeginning(AttemptOutcome Outcome, JudgeWork? Work);

using Consensus.Contracts.Scoring;

namespace Consensus.Storage.Scoring;

/// <summary>What became of a submission.</summary>
/// <param name="Receipt">The receipt.</param>
/// <param name="Changed">Whether anything is otherwise than before: a score is new, or the job moved.</param>
public sealed record Submission(ScoreReceipt Receipt, bool Changed);

/// <summary>How often and how soon a job is tried again.</summary>
/// <param name="MaxAttempts">After so many attempts the job is a dead letter.</param>
/// <param name="First">The wait after the first attempt; each further one doubles it.</param>
/// <param name="Longest">The longest wait.</param>
public readonly record struct RetryRule(int MaxAttempts, TimeSpan First, TimeSpan Longest)
{
    /// <summary>The wait after an attempt, from 1.</summary>
    public TimeSpan After(int attempt)
    {
        // Beyond 30 doublings any wait is the longest; shifting further would wrap around.
        var wait = First * (1L << Math.Clamp(attempt - 1, 0, 30));
        return wait < Longest ? wait : Longest;
    }
}

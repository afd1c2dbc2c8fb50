namespace Consensus.Storage.Scoring;

/// <summary>A job that may be sent.</summary>
/// <param name="Seq">Its order; the next page begins after it.</param>
/// <param name="JobId">Its id.</param>
/// <param name="TraceParent">The W3C trace context that judging belongs to.</param>
public sealed record DueJob(long Seq, Guid JobId, string? TraceParent);

/// <summary>How the jobs stand.</summary>
/// <param name="Pending">Those that wait or are being judged.</param>
/// <param name="Dead">Dead letters.</param>
/// <param name="OldestPending">When the longest-waiting pending job was made or put back; <c>null</c> when none waits.</param>
public sealed record JudgeJobCounts(long Pending, long Dead, DateTimeOffset? OldestPending);

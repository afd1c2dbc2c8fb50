using Consensus.Contracts.Scoring;

namespace Consensus.ApiService.Scoring.Dispatching;

/// <summary>What the dispatcher needs of the run log.</summary>
/// <param name="FindDueAsync">Jobs that wait and may begin now, by their order, after the given one: at most so many.</param>
/// <param name="CountAsync">How many wait, how many are dead letters, and since when the oldest waits.</param>
internal sealed record JobOutbox(
    Func<long, int, CancellationToken, Task<IReadOnlyList<OutboxJob>>> FindDueAsync, Func<CancellationToken, Task<OutboxCount>> CountAsync);

/// <summary>A job that waits.</summary>
/// <param name="Seq">Its order.</param>
/// <param name="Message">Its message.</param>
internal readonly record struct OutboxJob(long Seq, JudgeMessage Message);

/// <summary>How the outbox stands.</summary>
/// <param name="Pending">Jobs that wait or are being judged.</param>
/// <param name="Dead">Dead letters.</param>
/// <param name="OldestPending">When the oldest of those that wait was made; <c>null</c> without any.</param>
internal sealed record OutboxCount(long Pending, long Dead, DateTimeOffset? OldestPending);

using Consensus.Contracts.Scoring;
using StackExchange.Redis;

namespace Consensus.Scoring.Tests.Support;

/// <summary>The queue as it lies in Redis.</summary>
internal sealed class QueueView(IDatabase redis)
{
    public async Task SendAsync(Guid jobId, string? traceParent = null)
    {
        var both = redis.CreateTransaction();
        _ = both.StringSetAsync(JudgeQueue.Marker(jobId), "1");
        _ = both.ListLeftPushAsync(JudgeQueue.Waiting, new JudgeMessage(jobId, traceParent).ToString());
        Assert.True(await both.ExecuteAsync());
    }

    public Task<long> WaitingAsync() => redis.ListLengthAsync(JudgeQueue.Waiting);

    public Task<long> TakenAsync(string worker = "one") => redis.ListLengthAsync(JudgeQueue.Taken(worker));

    public Task<bool> IsMarkedAsync(Guid jobId) => redis.KeyExistsAsync(JudgeQueue.Marker(jobId));

    /// <summary>Whether nothing of a job is left.</summary>
    public async Task<bool> IsGoneAsync(Guid jobId) => !await IsMarkedAsync(jobId) && await WaitingAsync() == 0 && await TakenAsync() == 0;
}

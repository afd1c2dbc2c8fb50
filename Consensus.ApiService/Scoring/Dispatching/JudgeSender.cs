using Consensus.Contracts.Scoring;
using StackExchange.Redis;

namespace Consensus.ApiService.Scoring.Dispatching;

/// <summary>The API's side of the queue: sends jobs, and drains what dead workers hold. Only commands that Redis and Garnet share.</summary>
internal sealed class JudgeSender(IServiceProvider services)
{
    // Resolved on use: connecting may block, and the API is to answer before Redis does.
    private IDatabase Redis => services.GetRequiredService<IConnectionMultiplexer>().GetDatabase();

    /// <summary>How many messages nobody has taken.</summary>
    public Task<long> CountWaitingAsync() => Redis.ListLengthAsync(JudgeQueue.Waiting);

    /// <summary>Those of the jobs that are on no list, in their order.</summary>
    public async Task<IReadOnlyList<JudgeMessage>> FindUnsentAsync(IReadOnlyList<JudgeMessage> jobs)
    {
        var redis = Redis;
        var sent = await Task.WhenAll(jobs.Select(job => redis.KeyExistsAsync(JudgeQueue.Marker(job.JobId))));
        return [.. jobs.Where((_, i) => !sent[i])];
    }

    /// <summary>Sends a job unless it is on a list; whether it did. One transaction, so that there is never a message without a marker or the other way about.</summary>
    public async Task<bool> SendAsync(JudgeMessage job, TimeSpan markerExpiry)
    {
        var transaction = Redis.CreateTransaction();
        var marker = JudgeQueue.Marker(job.JobId);
        transaction.AddCondition(Condition.KeyNotExists(marker));
        _ = transaction.StringSetAsync(marker, "1", markerExpiry);
        _ = transaction.ListLeftPushAsync(JudgeQueue.Waiting, job.ToString());
        return await transaction.ExecuteAsync();
    }

    /// <summary>Wakes idle workers.</summary>
    public Task WakeAsync() => Redis.PublishAsync(RedisChannel.Literal(JudgeQueue.Wake), "");

    /// <summary>Gives back what workers without a heart-beat hold, and forgets them. Returns how many messages.</summary>
    public async Task<int> DrainDeadAsync()
    {
        var redis = Redis;
        var drained = 0;
        foreach (var worker in await redis.SetMembersAsync(JudgeQueue.Workers))
        {
            var (name, heartBeat) = ((string)worker!, (RedisKey)JudgeQueue.HeartBeat(worker!));
            if (await redis.KeyExistsAsync(heartBeat))
            {
                continue;
            }

            var taken = (RedisKey)JudgeQueue.Taken(name);
            while (!(await redis.ListMoveAsync(taken, JudgeQueue.Waiting, ListSide.Left, ListSide.Right)).IsNull)
            {
                drained++;
            }

            // It may have come back to life meanwhile: then it stays.
            var forgetting = redis.CreateTransaction();
            forgetting.AddCondition(Condition.KeyNotExists(heartBeat));
            forgetting.AddCondition(Condition.ListLengthEqual(taken, 0));
            _ = forgetting.SetRemoveAsync(JudgeQueue.Workers, worker);
            await forgetting.ExecuteAsync();
        }

        return drained;
    }
}

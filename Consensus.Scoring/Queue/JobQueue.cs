using Consensus.Contracts.Scoring;
using Consensus.Scoring.Workers;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace Consensus.Scoring.Queue;

/// <summary>This worker's side of the queue: takes messages to a list of its own, and removes them or gives them back.</summary>
/// <remarks>Only commands that Redis and Garnet share. What goes wrong with Redis is thrown as it comes; the caller tries again.</remarks>
internal sealed class JobQueue(IServiceProvider services, IOptions<WorkerOptions> options, TimeProvider time)
{
    private readonly WorkerOptions _options = options.Value;
    private readonly string _started = time.GetUtcNow().ToString("O");
    private readonly RedisKey _taken = JudgeQueue.Taken(options.Value.Id);

    // Resolved on use: connecting may block, and the worker is to be alive before Redis is.
    private IConnectionMultiplexer Connection => services.GetRequiredService<IConnectionMultiplexer>();

    private IDatabase Redis => Connection.GetDatabase();

    /// <summary>Shows that the worker lives. Both in one transaction: a worker in the set without a heart-beat counts as dead.</summary>
    public Task<bool> BeatAsync()
    {
        var both = Redis.CreateTransaction();
        Beat(both);
        return both.ExecuteAsync();
    }

    /// <summary>
    /// Takes the oldest message; <c>null</c> when there is none. The worker makes itself known in the same transaction: what it holds can be found should it die
    /// now, also after a Redis that lost everything.
    /// </summary>
    public async Task<string?> TakeAsync()
    {
        var transaction = Redis.CreateTransaction();
        Beat(transaction);
        var taken = transaction.ListMoveAsync(JudgeQueue.Waiting, _taken, ListSide.Right, ListSide.Left);
        await transaction.ExecuteAsync();
        return await taken;
    }

    /// <summary>The job is finished, or waits for its next attempt in the run log: message and marker go.</summary>
    public Task RemoveAsync(string message)
    {
        var both = Redis.CreateTransaction();
        _ = both.ListRemoveAsync(_taken, message);
        if (JudgeMessage.Parse(message) is { } job)
        {
            _ = both.KeyDeleteAsync(JudgeQueue.Marker(job.JobId));
        }

        return both.ExecuteAsync();
    }

    /// <summary>Gives a message back, to be taken next.</summary>
    public Task ReturnAsync(string message)
    {
        var both = Redis.CreateTransaction();
        _ = both.ListRemoveAsync(_taken, message);
        _ = both.ListRightPushAsync(JudgeQueue.Waiting, message);
        return both.ExecuteAsync();
    }

    /// <summary>Gives back what an earlier process of the same name left behind. Returns how many.</summary>
    public async Task<int> ReturnAllAsync()
    {
        for (var returned = 0; ; returned++)
        {
            if ((await Redis.ListMoveAsync(_taken, JudgeQueue.Waiting, ListSide.Left, ListSide.Right)).IsNull)
            {
                return returned;
            }
        }
    }

    /// <summary>Leaves: at once out of the set when nothing is held, else only without a heart-beat, so that what is held is drained back.</summary>
    public async Task LeaveAsync()
    {
        var leaving = Redis.CreateTransaction();
        leaving.AddCondition(Condition.ListLengthEqual(_taken, 0));
        _ = leaving.SetRemoveAsync(JudgeQueue.Workers, _options.Id);
        _ = leaving.KeyDeleteAsync(JudgeQueue.HeartBeat(_options.Id));
        if (!await leaving.ExecuteAsync())
        {
            await Redis.KeyDeleteAsync(JudgeQueue.HeartBeat(_options.Id));
        }
    }

    /// <summary>Calls back whenever something was sent. It may be missed: the queue is polled as well.</summary>
    public async Task ListenAsync(Action wake) =>
        await Connection.GetSubscriber().SubscribeAsync(RedisChannel.Literal(JudgeQueue.Wake), (_, _) => wake());

    private void Beat(ITransaction transaction)
    {
        _ = transaction.StringSetAsync(JudgeQueue.HeartBeat(_options.Id), _started, _options.Expiry);
        _ = transaction.SetAddAsync(JudgeQueue.Workers, _options.Id);
    }
}

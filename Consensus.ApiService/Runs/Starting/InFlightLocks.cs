using Consensus.Storage.Idempotency;
using StackExchange.Redis;

namespace Consensus.ApiService.Runs.Starting;

/// <summary>
/// Which claims are being worked on, across the processes that share a Redis. The run log alone keeps a claim from beginning two runs; this is for processes with
/// run logs of their own. Without Redis, or where it does not answer at once, every claim is free here.
/// </summary>
internal sealed partial class InFlightLocks(IServiceProvider services, ILogger<InFlightLocks> logger)
{
    /// <summary>Holds nothing.</summary>
    public static readonly IAsyncDisposable None = new Taken(null);

    private const string Prefix = "consensus:inflight:";

    /// <summary>How long a request waits for Redis.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <summary>Takes the lock of a claim.</summary>
    /// <param name="claim">The claim.</param>
    /// <param name="longest">How long the run may take: should this process die, the lock ends then.</param>
    /// <returns>To be disposed of when the run has ended; <c>null</c> where another holds it.</returns>
    public async Task<IAsyncDisposable?> TryTakeAsync(IdempotencyClaim claim, TimeSpan longest)
    {
        var key = (RedisKey)(Prefix + Convert.ToHexStringLower(claim.Id));
        var token = (RedisValue)Guid.CreateVersion7().ToString("N");
        try
        {
            if (await FindRedisAsync() is not { } redis)
            {
                return None;
            }

            return await redis.LockTakeAsync(key, token, longest).WaitAsync(Patience) ? new Taken(() => ReleaseAsync(redis, key, token)) : null;
        }
        catch (Exception fault) when (IsTrouble(fault))
        {
            LogBypassed(fault.Message);
            return None;
        }
    }

    private async Task<IDatabase?> FindRedisAsync()
    {
        // The first use connects, which can block.
        var redis = await Task.Run(services.GetService<IConnectionMultiplexer>).WaitAsync(Patience);
        return redis is { IsConnected: true } ? redis.GetDatabase() : null;
    }

    private async ValueTask ReleaseAsync(IDatabase redis, RedisKey key, RedisValue token)
    {
        try
        {
            await redis.LockReleaseAsync(key, token).WaitAsync(Patience);
        }
        catch (Exception fault) when (IsTrouble(fault))
        {
            LogBypassed(fault.Message);
        }
    }

    private static bool IsTrouble(Exception fault) => fault is RedisException or TimeoutException or ObjectDisposedException;

    [LoggerMessage(LogLevel.Debug, "Redis keeps no in-flight locks now: {Reason}")]
    private partial void LogBypassed(string reason);

    private sealed class Taken(Func<ValueTask>? release) : IAsyncDisposable
    {
        public ValueTask DisposeAsync() => release?.Invoke() ?? ValueTask.CompletedTask;
    }
}

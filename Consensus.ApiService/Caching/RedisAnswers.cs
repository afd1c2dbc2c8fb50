using Consensus.ApiService.Telemetry;
using Microsoft.Extensions.Caching.Distributed;
using StackExchange.Redis;

namespace Consensus.ApiService.Caching;

/// <summary>
/// Answers in Redis, as plain strings that expire. It fails no call and holds none up: whatever Redis does not give in time is not there, and after a failure it is
/// left alone for a while.
/// </summary>
internal sealed class RedisAnswers(IServiceProvider services, TimeSpan timeout, TimeProvider time) : IDistributedCache
{
    private const string Prefix = "answers:";
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(5);

    // The first use connects, which can block until the connection times out: nobody waits for it.
    private readonly Lazy<Task<IConnectionMultiplexer>> redis = new(() => Task.Run(services.GetRequiredService<IConnectionMultiplexer>));
    private long failedAt = long.MinValue;

    public async Task<byte[]?> GetAsync(string key, CancellationToken token = default)
    {
        var (asked, value) = await TryAsync("get", database => database.StringGetAsync(Prefix + key), token);
        if (asked)
        {
            AnswerCacheMetrics.Redis("get", value.HasValue ? RedisOutcome.Hit : RedisOutcome.Miss);
        }

        return value;
    }

    public async Task SetAsync(string key, byte[] value, DistributedCacheEntryOptions options, CancellationToken token = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.AbsoluteExpirationRelativeToNow is not { } expiry)
        {
            throw new ArgumentException("An answer without an end would stay for ever.", nameof(options));
        }

        if (await TryAsync("set", database => database.StringSetAsync(Prefix + key, value, expiry), token) is (true, _))
        {
            AnswerCacheMetrics.Redis("set", RedisOutcome.Stored);
        }
    }

    public Task RemoveAsync(string key, CancellationToken token = default) => TryAsync("remove", database => database.KeyDeleteAsync(Prefix + key), token);

    /// <summary>An answer's end does not move.</summary>
    public Task RefreshAsync(string key, CancellationToken token = default) => Task.CompletedTask;

    public byte[]? Get(string key) => throw Blocking();

    public void Set(string key, byte[] value, DistributedCacheEntryOptions options) => throw Blocking();

    public void Remove(string key) => throw Blocking();

    public void Refresh(string key)
    {
    }

    /// <summary>Connects, without waiting for it.</summary>
    public void Begin() => _ = redis.Value;

    private async Task<(bool Asked, T? Value)> TryAsync<T>(string operation, Func<IDatabase, Task<T>> ask, CancellationToken token)
    {
        if (Database() is not { } database)
        {
            AnswerCacheMetrics.Redis(operation, RedisOutcome.Bypassed);
            return (false, default);
        }

        try
        {
            return (true, await ask(database).WaitAsync(timeout, token));
        }
        catch (Exception fault) when (fault is RedisException or TimeoutException)
        {
            Interlocked.Exchange(ref failedAt, time.GetTimestamp());
            AnswerCacheMetrics.Redis(operation, RedisOutcome.Failed);
            return (false, default);
        }
    }

    /// <summary>Null while there is no connection, or it failed a moment ago.</summary>
    private IDatabase? Database()
    {
        var failed = Interlocked.Read(ref failedAt);
        return redis.Value is { IsCompletedSuccessfully: true, Result: { IsConnected: true } connection } && (failed == long.MinValue || time.GetElapsedTime(failed) >= Rest)
            ? connection.GetDatabase()
            : null;
    }

    private static NotSupportedException Blocking() => new("Answers are looked up without blocking a thread.");
}

using System.Security.Cryptography;
using System.Text;
using Consensus.ApiService.Hosting;
using StackExchange.Redis;

namespace Consensus.ApiService.Admission;

/// <summary>
/// The runs that each key has going: leases in this process and, where there is a Redis, in a sorted set by the time at which each ends unless it is renewed.
/// What a process that died has left is free again then.
/// </summary>
internal sealed class RunLeases(SharedRedis redis, TimeProvider time) : HostedLoop
{
    private const string Prefix = "consensus:running:";
    private const int HashCharacters = 32;

    /// <summary>How long a lease holds.</summary>
    private static readonly TimeSpan Length = TimeSpan.FromSeconds(60);

    /// <summary>How often those of this process are renewed.</summary>
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(20);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, HashSet<string>> _going = new(StringComparer.Ordinal);

    /// <summary>Takes a lease, to be disposed of when the run has ended; <c>null</c> where the key has as many as it may.</summary>
    public async Task<IAsyncDisposable?> TryEnterAsync(string keyId, int most)
    {
        var lease = Guid.CreateVersion7().ToString("N");
        lock (_gate)
        {
            var mine = _going.TryGetValue(keyId, out var there) ? there : _going[keyId] = new HashSet<string>(StringComparer.Ordinal);
            // Those of this process are a part of all: as many as may be here are as many as may be.
            if (mine.Count >= most)
            {
                return null;
            }

            mine.Add(lease);
        }

        if (await redis.TryAsync(server => EnterAsync(server, keyId, lease)) is { } all && all > most)
        {
            await LeaveAsync(keyId, lease);
            return null;
        }

        return new Held(() => LeaveAsync(keyId, lease));
    }

    /// <summary>Renews what this process holds, also where Redis has lost it.</summary>
    public async Task RenewAsync()
    {
        KeyValuePair<string, string[]>[] held;
        lock (_gate)
        {
            held = [.. _going.Select(static key => KeyValuePair.Create(key.Key, key.Value.ToArray()))];
        }

        foreach (var (keyId, leases) in held)
        {
            await redis.TryAsync(async server =>
            {
                await server.SortedSetAddAsync(Key(keyId), [.. leases.Select(lease => new SortedSetEntry(lease, End()))]);
                return await server.KeyExpireAsync(Key(keyId), Length * 2);
            });
        }
    }

    protected override async Task RunAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, time);
        while (redis.IsConfigured && await timer.WaitForNextTickAsync(stoppingToken))
        {
            await RenewAsync();
        }
    }

    private async Task<long> EnterAsync(IDatabase server, string keyId, string lease)
    {
        var key = Key(keyId);
        var transaction = server.CreateTransaction();
        _ = transaction.SortedSetRemoveRangeByScoreAsync(key, double.NegativeInfinity, time.GetUtcNow().ToUnixTimeMilliseconds());
        _ = transaction.SortedSetAddAsync(key, lease, End());
        var all = transaction.SortedSetLengthAsync(key);
        _ = transaction.KeyExpireAsync(key, Length * 2);
        await transaction.ExecuteAsync();
        return await all;
    }

    private async ValueTask LeaveAsync(string keyId, string lease)
    {
        lock (_gate)
        {
            if (_going.TryGetValue(keyId, out var mine) && mine.Remove(lease) && mine.Count == 0)
            {
                _going.Remove(keyId);
            }
        }

        await redis.TryAsync(server => server.SortedSetRemoveAsync(Key(keyId), lease));
    }

    private double End() => (time.GetUtcNow() + Length).ToUnixTimeMilliseconds();

    private static RedisKey Key(string keyId) => Prefix + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(keyId)))[..HashCharacters];

    private sealed class Held(Func<ValueTask> leave) : IAsyncDisposable
    {
        public ValueTask DisposeAsync() => leave();
    }
}

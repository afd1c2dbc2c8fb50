using System.Security.Cryptography;
using System.Text;
using StackExchange.Redis;

namespace Consensus.ApiService.Admission;

/// <summary>Counts requests by subject in minutes: in Redis with all processes, in this process while Redis is away. Clocks of processes are
/// taken to agree.</summary>
internal sealed class RequestWindows(SharedRedis redis, TimeProvider time)
{
    private const string Prefix = "consensus:rate:";
    private const int HashCharacters = 32;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, (long Previous, long Current)> _counts = new(StringComparer.Ordinal);
    private long _window;

    /// <summary>Counts a request and says how its subject stands; one beyond the limit is taken back.</summary>
    public async Task<(SlidingWindow Window, bool IsAdmitted)> CountAsync(string subject, int limit)
    {
        var (number, elapsed) = SlidingWindow.At(time.GetUtcNow());
        var shared = await redis.TryAsync(server => CountAsync(server, subject, number));
        var (previous, current) = shared ?? Count(subject, number);
        var window = new SlidingWindow(previous, current, elapsed);
        if (window.IsWithin(limit))
        {
            return (window, true);
        }

        if (shared is not null)
        {
            _ = await redis.TryAsync(server => server.StringDecrementAsync(Key(subject, number)));
        }
        else
        {
            TakeBack(subject, number);
        }

        return (window with { Current = current - 1 }, false);
    }

    private static async Task<(long Previous, long Current)> CountAsync(IDatabase server, string subject, long number)
    {
        var key = Key(subject, number);
        var transaction = server.CreateTransaction();
        var current = transaction.StringIncrementAsync(key);
        _ = transaction.KeyExpireAsync(key, SlidingWindow.Length * 2);
        var previous = transaction.StringGetAsync(Key(subject, number - 1));
        await transaction.ExecuteAsync();
        return ((long?)await previous ?? 0, await current);
    }

    /// <summary>Hashed: neither names nor addresses are to stand in Redis.</summary>
    private static RedisKey Key(string subject, long number) =>
        $"{Prefix}{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(subject)))[..HashCharacters]}:{number}";

    private (long Previous, long Current) Count(string subject, long number)
    {
        lock (_gate)
        {
            Turn(number);
            var (previous, current) = _counts.GetValueOrDefault(subject);
            return _counts[subject] = (previous, current + 1);
        }
    }

    private void TakeBack(string subject, long number)
    {
        lock (_gate)
        {
            if (_window == number && _counts.TryGetValue(subject, out var counted))
            {
                _counts[subject] = counted with { Current = counted.Current - 1 };
            }
        }
    }

    /// <summary>Begins a new minute: what was counted before the last one is forgotten.</summary>
    private void Turn(long number)
    {
        if (_window == number)
        {
            return;
        }

        var kept = _window == number - 1 ? _counts.Where(count => count.Value.Current > 0).ToArray() : [];
        _counts.Clear();
        foreach (var (subject, (_, current)) in kept)
        {
            _counts[subject] = (current, 0);
        }

        _window = number;
    }
}

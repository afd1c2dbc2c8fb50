using System.Collections.Concurrent;
using Consensus.ApiService.Auth;

namespace Consensus.ApiService.Keys;

/// <summary>When stored keys were last used, until that is written: never on the path of a request.</summary>
internal sealed class KeyUse
{
    private static readonly TimeSpan Least = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, DateTimeOffset> _last = new(StringComparer.Ordinal);
    private readonly Dictionary<string, DateTimeOffset> _written = new(StringComparer.Ordinal);

    public void Note(ApiKey key, DateTimeOffset now)
    {
        if (key.IsStored)
        {
            _last[key.Name] = now;
        }
    }

    /// <summary>What is to be written: each key at most once a minute, or at the end whatever is new.</summary>
    public IReadOnlyList<KeyValuePair<string, DateTimeOffset>> Due(bool isEnd) =>
        [.. _last.Where(use => !_written.TryGetValue(use.Key, out var written) || use.Value - written >= (isEnd ? TimeSpan.FromTicks(1) : Least))];

    /// <summary>Remembers what is durable. One caller at a time.</summary>
    public void Written(IEnumerable<KeyValuePair<string, DateTimeOffset>> uses)
    {
        foreach (var (name, at) in uses)
        {
            _written[name] = at;
        }
    }
}

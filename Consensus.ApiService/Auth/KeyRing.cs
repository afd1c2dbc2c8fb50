using System.Security.Cryptography;
using Consensus.Storage.Keys;

namespace Consensus.ApiService.Auth;

/// <summary>Every secret that is taken, at one moment: the configured keys, which win, and the stored ones.</summary>
internal sealed class KeyRing
{
    private readonly ApiKey[] _keys;

    private KeyRing(ApiKey[] keys, IReadOnlyList<ApiKey> configured, IReadOnlyList<StoredKey> stored, IReadOnlyList<StoredKey> shadowed)
    {
        _keys = keys;
        Configured = configured;
        Stored = stored;
        Shadowed = shadowed;
    }

    /// <summary>The keys of the configuration.</summary>
    public IReadOnlyList<ApiKey> Configured { get; }

    /// <summary>The keys of the store, also those that are expired or revoked.</summary>
    public IReadOnlyList<StoredKey> Stored { get; }

    /// <summary>The stored keys that are not taken, since a configured key has their name or their secret.</summary>
    public IReadOnlyList<StoredKey> Shadowed { get; }

    /// <summary>Whether there never was a key.</summary>
    public bool IsEmpty => Configured.Count == 0 && Stored.Count == 0;

    /// <summary>Puts the keys together.</summary>
    public static KeyRing Of(IReadOnlyList<ApiKey> configured, IReadOnlyList<StoredKey> stored)
    {
        var shadowed = stored.Where(key => configured.Any(other => Collide(other, key))).ToArray();
        var secrets = stored.Except(shadowed).Where(static key => key.RevokedAt is null).SelectMany(Secrets);
        return new KeyRing([.. configured, .. secrets], configured, stored, shadowed);
    }

    /// <summary>Finds whose secret this is. Every one is compared in constant time, so that the time tells nothing.</summary>
    public ApiKey? Find(string presented, DateTimeOffset now)
    {
        var hash = KeySecret.HashOf(presented);
        ApiKey? found = null;
        foreach (var key in _keys)
        {
            found = CryptographicOperations.FixedTimeEquals(key.Hash, hash) ? key : found;
        }

        return found?.Until <= now ? null : found;
    }

    /// <summary>A key by its name, whichever of its secrets was presented; <c>null</c> for a name that no key has, as that of a token's subject.</summary>
    public ApiKey? Named(string name) => Array.Find(_keys, key => key.Name == name);

    /// <summary>Whether a name is that of a configured key. Configuration does not tell upper from lower case.</summary>
    public bool IsConfigured(string name) => Configured.Any(key => IsSameName(key, name));

    /// <summary>Whether a key is taken now that may administer.</summary>
    public bool HasAdmin(DateTimeOffset now) => _keys.Any(key => key.Scopes.Contains(Scopes.Admin) && !(key.Until <= now));

    private static bool Collide(ApiKey configured, StoredKey stored) =>
        IsSameName(configured, stored.Name) || configured.Hash.AsSpan().SequenceEqual(stored.Hash)
        || (stored.PreviousHash is { } previous && configured.Hash.AsSpan().SequenceEqual(previous));

    private static bool IsSameName(ApiKey configured, string name) => configured.Name.Equals(name, StringComparison.OrdinalIgnoreCase);

    /// <summary>The present secret of a stored key, and the one before it while that is still taken.</summary>
    private static IEnumerable<ApiKey> Secrets(StoredKey key)
    {
        var present = new ApiKey(key.Name, key.Hash, key.Scopes) { Until = key.ExpiresAt, Limits = key.Limits, IsStored = true };
        yield return present;
        if (key is { PreviousHash: { } previous, PreviousUntil: { } until })
        {
            yield return present with { Hash = previous, Until = key.ExpiresAt < until ? key.ExpiresAt : until };
        }
    }
}

using Consensus.Storage.Keys;

namespace Consensus.ApiService.Auth;

/// <summary>The keys that are taken, swapped whole. Whoever needs them more than once reads them once.</summary>
/// <param name="configured">The keys of the configuration.</param>
internal sealed class KeyHolder(IReadOnlyList<ApiKey> configured)
{
    private volatile KeyRing _ring = KeyRing.Of(configured, []);
    private volatile bool _isKnown;
    private volatile bool _hadKeys = configured.Count > 0;

    /// <summary>What is taken now.</summary>
    public KeyRing Ring => _ring;

    /// <summary>Whether the store has been read. Until then nobody can say that there is no key.</summary>
    public bool IsKnown => _isKnown;

    /// <summary>Whether there is a key or, as far as this process has seen, was one: a store that is lost opens nothing.</summary>
    public bool HasKeys => _hadKeys;

    /// <summary>Takes what the store says.</summary>
    public KeyRing Take(IReadOnlyList<StoredKey> stored)
    {
        var ring = KeyRing.Of(configured, stored);
        _hadKeys |= !ring.IsEmpty;
        _ring = ring;
        _isKnown = true;
        return ring;
    }
}

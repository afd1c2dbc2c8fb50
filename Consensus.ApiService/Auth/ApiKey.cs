using Consensus.Contracts.Keys;

namespace Consensus.ApiService.Auth;

/// <summary>A secret that is taken, by its hash, and whose it is.</summary>
/// <param name="Name">The key's name.</param>
/// <param name="Hash">The SHA-256 of the secret.</param>
/// <param name="Scopes">What the key may do.</param>
internal sealed record ApiKey(string Name, byte[] Hash, IReadOnlyList<string> Scopes)
{
    /// <summary>From when on the secret is not taken; <c>null</c>: until the key is taken away.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>How much the key may ask for, beside what holds for all.</summary>
    public KeyLimits? Limits { get; init; }

    /// <summary>Whether the key stands in the store, where it is kept when it was last used.</summary>
    public bool IsStored { get; init; }
}

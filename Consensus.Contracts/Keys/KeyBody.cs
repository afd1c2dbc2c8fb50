using System.Text.Json.Serialization;
using Consensus.Contracts.Json;

namespace Consensus.Contracts.Keys;

/// <summary>Where a key comes from.</summary>
[JsonConverter(typeof(SnakeCaseEnum<KeySource>))]
public enum KeySource
{
    /// <summary>From the configuration (<c>Auth:Keys</c>); it is changed there.</summary>
    Configured,

    /// <summary>Made over the API or on the command line.</summary>
    Stored,
}

/// <summary>Whether a key is taken.</summary>
[JsonConverter(typeof(SnakeCaseEnum<KeyState>))]
public enum KeyState
{
    /// <summary>It is.</summary>
    Active,

    /// <summary>Its time is over.</summary>
    Expired,

    /// <summary>It was taken back, for ever.</summary>
    Revoked,

    /// <summary>It has the name or the secret of a configured key, which is taken in its place.</summary>
    Shadowed,
}

/// <summary>A key as everybody may see it who administers keys: never its secret.</summary>
public sealed record KeyBody
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Where it comes from.</summary>
    public required KeySource Source { get; init; }

    /// <summary>Whether it is taken.</summary>
    public required KeyState State { get; init; }

    /// <summary>What it may do.</summary>
    public required IReadOnlyList<string> Scopes { get; init; }

    /// <summary>The first characters of its secret, to know it by; <c>null</c> for a configured key.</summary>
    public string? Hint { get; init; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>The caller that made it; <c>null</c> when it came without a key.</summary>
    public string? CreatedBy { get; init; }

    /// <summary>From when on it is not taken any more.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>When it got its present secret, if that is not its first.</summary>
    public DateTimeOffset? RotatedAt { get; init; }

    /// <summary>Until when the secret before the present one is still taken; <c>null</c>: it is not.</summary>
    public DateTimeOffset? PreviousUntil { get; init; }

    /// <summary>When it was taken back.</summary>
    public DateTimeOffset? RevokedAt { get; init; }

    /// <summary>The caller that took it back; <c>null</c> when it came without a key.</summary>
    public string? RevokedBy { get; init; }

    /// <summary>When it was last used, to the minute; <c>null</c>: never, or it is a configured key.</summary>
    public DateTimeOffset? LastUsedAt { get; init; }

    /// <summary>How much it may ask for; <c>null</c>: as much as every key.</summary>
    public KeyLimits? Limits { get; init; }
}

/// <summary>A key with its secret: the only time that it is told.</summary>
/// <param name="Key">The key.</param>
/// <param name="Secret">What callers send as <c>Authorization: Bearer</c>.</param>
public sealed record IssuedKey(KeyBody Key, string Secret);

/// <summary>All keys: the configured ones, then the stored ones in the order in which they were made.</summary>
/// <param name="Items">The keys.</param>
public sealed record KeyList(IReadOnlyList<KeyBody> Items);

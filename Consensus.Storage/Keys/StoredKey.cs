using Consensus.Contracts.Keys;

namespace Consensus.Storage.Keys;

/// <summary>A key as it is stored.</summary>
public sealed record StoredKey
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>The SHA-256 of its secret, 32 bytes.</summary>
    public required byte[] Hash { get; init; }

    /// <summary>The first characters of its secret.</summary>
    public required string Hint { get; init; }

    /// <summary>What it may do.</summary>
    public required IReadOnlyList<string> Scopes { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The caller that made it; <c>null</c> without a key.</summary>
    public string? CreatedBy { get; init; }

    /// <summary>From when on it is not taken; <c>null</c>: until it is revoked.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>When it got its present secret; <c>null</c> for its first.</summary>
    public DateTimeOffset? RotatedAt { get; init; }

    /// <summary>The SHA-256 of the secret before; <c>null</c> when that is not taken any more.</summary>
    public byte[]? PreviousHash { get; init; }

    /// <summary>Until when the secret before is taken.</summary>
    public DateTimeOffset? PreviousUntil { get; init; }

    /// <summary>When it was taken back; <c>null</c>: it was not.</summary>
    public DateTimeOffset? RevokedAt { get; init; }

    /// <summary>The caller that took it back; <c>null</c> without a key.</summary>
    public string? RevokedBy { get; init; }

    /// <summary>When it was last used, to the minute.</summary>
    public DateTimeOffset? LastUsedAt { get; init; }

    /// <summary>How much it may ask for; <c>null</c>: as much as every key.</summary>
    public KeyLimits? Limits { get; init; }

    /// <summary>The key as it is shown: without its secrets.</summary>
    public KeyBody ToBody(DateTimeOffset now) => new()
    {
        Name = Name,
        Source = KeySource.Stored,
        State = RevokedAt is not null ? KeyState.Revoked : IsUsable(now) ? KeyState.Active : KeyState.Expired,
        Scopes = Scopes,
        Hint = Hint,
        CreatedAt = CreatedAt,
        CreatedBy = CreatedBy,
        ExpiresAt = ExpiresAt,
        RotatedAt = RotatedAt,
        PreviousUntil = PreviousUntil > now ? PreviousUntil : null,
        RevokedAt = RevokedAt,
        RevokedBy = RevokedBy,
        LastUsedAt = LastUsedAt,
        Limits = Limits,
    };

    /// <summary>Whether it is neither revoked nor expired.</summary>
    public bool IsUsable(DateTimeOffset now) => RevokedAt is null && !(ExpiresAt <= now);
}

using Consensus.Contracts.Keys;
using Consensus.Storage.Runs.Fields;

namespace Consensus.Storage.Keys;

#pragma warning disable IDE1006 // named as the columns are, so that a row maps by name

/// <summary>A row of <c>api_keys</c>.</summary>
internal sealed class KeyRow
{
    /// <summary>Every key in the order in which they were made.</summary>
    public const string Everything = "SELECT * FROM api_keys ORDER BY seq";

    public string name { get; init; } = "";
    public byte[] hash { get; init; } = [];
    public string hint { get; init; } = "";
    public string scopes { get; init; } = "";
    public long created_at { get; init; }
    public string? created_by { get; init; }
    public long? expires_at { get; init; }
    public long? rotated_at { get; init; }
    public byte[]? previous_hash { get; init; }
    public long? previous_until { get; init; }
    public long? revoked_at { get; init; }
    public string? revoked_by { get; init; }
    public long? last_used_at { get; init; }
    public int? requests_per_minute { get; init; }
    public int? concurrent_runs { get; init; }
    public string? daily_cost_usd { get; init; }
    public int? calls_per_run { get; init; }

    public StoredKey ToKey() => new()
    {
        Name = name,
        Hash = hash,
        Hint = hint,
        Scopes = scopes.Split(' ', StringSplitOptions.RemoveEmptyEntries),
        CreatedAt = StoredTime.Read(created_at),
        CreatedBy = created_by,
        ExpiresAt = StoredTime.Read(expires_at),
        RotatedAt = StoredTime.Read(rotated_at),
        PreviousHash = previous_hash,
        PreviousUntil = StoredTime.Read(previous_until),
        RevokedAt = StoredTime.Read(revoked_at),
        RevokedBy = revoked_by,
        LastUsedAt = StoredTime.Read(last_used_at),
        Limits = OrNull(new KeyLimits(requests_per_minute, concurrent_runs, StoredValue.Money(daily_cost_usd), calls_per_run)),
    };

    private static KeyLimits? OrNull(KeyLimits limits) => limits == new KeyLimits() ? null : limits;
}

using Consensus.Storage.Runs.Fields;

namespace Consensus.Storage.Keys;

/// <summary>The columns of <c>api_keys</c> and <c>key_costs</c>.</summary>
internal static class KeyFields
{
    public static IReadOnlyList<StoredField> All { get; } =
    [
        new("seq", FieldClass.Number, "The order in which keys were made."),
        new("name", FieldClass.Identifier, "The key's name, which stands as `key_id` at what it did; never given to another key."),
        new("hash", FieldClass.Identifier, "The SHA-256 of the secret. The secret itself is stored nowhere."),
        new("hint", FieldClass.Identifier, "The secret's first ten characters, to know it by."),
        new("scopes", FieldClass.Identifier, "What it may do, separated by spaces."),
        new("created_at", FieldClass.Number, "When it was made."),
        new("created_by", FieldClass.Identifier, "The caller that made it; null without a key."),
        new("expires_at", FieldClass.Number, "From when on it is not taken; null: until it is revoked."),
        new("rotated_at", FieldClass.Number, "When it got its present secret; null for its first."),
        new("previous_hash", FieldClass.Identifier, "The SHA-256 of the secret before; null when that is not taken any more."),
        new("previous_until", FieldClass.Number, "Until when the secret before is taken."),
        new("revoked_at", FieldClass.Number, "When it was taken back; null: it was not."),
        new("revoked_by", FieldClass.Identifier, "The caller that took it back; null without a key."),
        new("last_used_at", FieldClass.Number, "When it was last used; written at most once a minute."),
        new("requests_per_minute", FieldClass.Number, "The most requests in a minute; null: no bound of its own."),
        new("concurrent_runs", FieldClass.Number, "The most runs at a time; null: no bound of its own."),
        new("daily_cost_usd", FieldClass.Number, "The most that its runs of one UTC day may cost; null: no bound of its own."),
        new("calls_per_run", FieldClass.Number, "The most calls to models that one request may cause; null: no bound of its own."),
    ];

    /// <summary>The columns of <c>key_costs</c>.</summary>
    public static IReadOnlyList<StoredField> Costs { get; } =
    [
        new("key_id", FieldClass.Identifier, "The key."),
        new("day", FieldClass.Number, "The UTC day on which the runs began, or the scores of their judges were stored, as `2026-01-31`."),
        new("cost_usd", FieldClass.Number, "What they and their judges cost together, as far as that is known."),
        new("runs", FieldClass.Number, "How many runs."),
        new("unpriced_runs", FieldClass.Number, "How many of them have no known cost."),
    ];
}

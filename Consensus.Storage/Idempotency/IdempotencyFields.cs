using Consensus.Storage.Runs.Fields;

namespace Consensus.Storage.Idempotency;

/// <summary>The columns of <c>idempotency_keys</c>.</summary>
internal static class IdempotencyFields
{
    public static IReadOnlyList<StoredField> All { get; } =
    [
        new("claim", FieldClass.Identifier, "A hash of the API key's name, the route and the `Idempotency-Key`; the key itself is not stored."),
        new("run_id", FieldClass.Identifier, "The run that was begun."),
        new("body_mac", FieldClass.Identifier, "A code of the request's body, keyed with the `Idempotency-Key`; null once the run is erased."),
        new("created_at", FieldClass.Number, "When the run was begun."),
        new("expires_at", FieldClass.Number, "Until when the claim holds."),
    ];
}

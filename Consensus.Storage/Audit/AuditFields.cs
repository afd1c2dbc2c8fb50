using Consensus.Storage.Runs.Fields;

namespace Consensus.Storage.Audit;

/// <summary>The columns of <c>audit_log</c>.</summary>
internal static class AuditFields
{
    public static IReadOnlyList<StoredField> All { get; } =
    [
        new("seq", FieldClass.Number, "The place in the chain, from 1 and without gaps."),
        new("at", FieldClass.Number, "When, to the microsecond; never earlier than the entry before."),
        new("actor", FieldClass.Identifier, "Who: `key:` and the API key's name, `cli` or `system`."),
        new("action", FieldClass.Identifier, "What, from the closed list."),
        new("subject_kind", FieldClass.Identifier, "The kind of what it is about."),
        new("subject_id", FieldClass.Identifier, "Its id, name or version."),
        new("detail", FieldClass.Identifier, "JSON (RFC 8785): counts, versions and keyed digests; no question and no answer."),
        new("key_id", FieldClass.Identifier, "The audit key that signed it."),
        new("prev_hash", FieldClass.Identifier, "The hash of the entry before; zeros for the first."),
        new("hash", FieldClass.Identifier, "The SHA-256 of the entry in canonical JSON."),
        new("mac", FieldClass.Identifier, "The hash signed with the audit key."),
    ];
}

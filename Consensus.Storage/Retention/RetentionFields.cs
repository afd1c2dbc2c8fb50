using Consensus.Storage.Runs.Fields;

namespace Consensus.Storage.Retention;

/// <summary>The columns of <c>retention_policies</c> and <c>retention_audit</c>.</summary>
internal static class RetentionFields
{
    public static IReadOnlyList<StoredField> Policies { get; } =
    [
        new("seq", FieldClass.Number, "The order in which policies came in force; the greatest is in force."),
        new("version", FieldClass.Identifier, "The policy's hash; one that came in force again stands here again."),
        new("in_force_at", FieldClass.Number, "When it came in force."),
        new("document", FieldClass.Identifier, "JSON: the policy by the operator's settings, of tables, numbers and the tags that hold runs."),
    ];

    public static IReadOnlyList<StoredField> Audit { get; } =
    [
        new("seq", FieldClass.Number, "The order of the rows."),
        new("purge_id", FieldClass.Identifier, "The purge that the batch belongs to, a UUIDv7 as its 16 bytes in network order."),
        new("purged_at", FieldClass.Number, "When the batch was erased."),
        new("source", FieldClass.Identifier, "Who wanted it: `schedule`, `api`, `cli`."),
        new("key_id", FieldClass.Identifier, "The name of the API key that wanted it; null without one."),
        new("dry_run", FieldClass.Number, "1 when nothing was erased, and `purged_rows` are those that were due."),
        new("policy_version", FieldClass.Identifier, "The policy that it went by, in `retention_policies`."),
        new("purged_table", FieldClass.Identifier, "The table."),
        new("reason", FieldClass.Identifier, "`age`, or `rows` when there were too many."),
        new("cut_off", FieldClass.Number, "For `age`: rows before this time."),
        new("max_rows", FieldClass.Number, "For `rows`: the most that were to be left."),
        new("purged_rows", FieldClass.Number, "Rows of the table that were erased."),
        new("owned_rows", FieldClass.Number, "Rows of other tables that belonged to them."),
        new("kept_rows", FieldClass.Number, "Rows that were too old and kept all the same, when the purge began."),
    ];
}

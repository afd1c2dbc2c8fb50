using Consensus.Storage.Runs.Fields;

namespace Consensus.Storage.Moving;

/// <summary>The columns of <c>moves</c>.</summary>
internal static class MoveFields
{
    public static IReadOnlyList<StoredField> All { get; } =
    [
        new("seq", FieldClass.Number, "The order in which moves were begun here."),
        new("move_id", FieldClass.Identifier, "The move, the same at both places: a UUIDv7 as 16 bytes in big-endian order."),
        new("role", FieldClass.Identifier, "`from` where the log was, `to` where it goes."),
        new("place", FieldClass.Identifier, "The other place: a path, or a server with a database; never a password."),
        new("state", FieldClass.Identifier, "`copying` or `live` of the new place, `moved` of the old one, `returned` of one that was rolled back."),
        new("began_at", FieldClass.Number, "When it was begun here, in 100 ns since 1970-01-01 UTC."),
        new("changed_at", FieldClass.Number, "When the state was last noted."),
        new("document", FieldClass.Identifier, "JSON: how far each table was brought over, and in the end the receipt: counts and hashes."),
    ];
}

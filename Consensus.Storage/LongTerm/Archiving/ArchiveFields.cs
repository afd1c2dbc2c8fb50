using Consensus.Storage.Runs.Fields;

namespace Consensus.Storage.LongTerm.Archiving;

/// <summary>The columns of <c>archive_segments</c> and <c>archived_runs</c>.</summary>
internal static class ArchiveFields
{
    public static IReadOnlyList<StoredField> Segments { get; } =
    [
        new("seq", FieldClass.Number, "The order in which files were written; never reused."),
        new("path", FieldClass.Identifier, "The file, from the storage folder."),
        new("sha256", FieldClass.Identifier, "The SHA-256 of the file in hexadecimal digits."),
        new("bytes", FieldClass.Number, "The length of the file."),
        new("lines", FieldClass.Number, "Runs in the file; with fewer rows in `archived_runs` it is written anew without the others."),
        new("archived_at", FieldClass.Number, "When it was written."),
    ];

    public static IReadOnlyList<StoredField> Runs { get; } =
    [
        new("run_id", FieldClass.Identifier, "The run's id, a UUIDv7 as its 16 bytes in network order."),
        new("segment_seq", FieldClass.Number, "The file's `archive_segments.seq`."),
        new("block_offset", FieldClass.Number, "Where in the file the run's compressed block begins."),
        new("line", FieldClass.Number, "The run's line in the block, from 0."),
        new("record", FieldClass.Identifier, "The hash of the run's record."),
        new("key_id", FieldClass.Identifier, "The name of the API key that the run belongs to."),
        new("created_at", FieldClass.Number, "When the request was taken in."),
        new("finished_at", FieldClass.Number, "When the run ended: its age counts from then."),
        new("calibration_version", FieldClass.Identifier, "The calibration's version."),
        new("tags", FieldClass.Label, "JSON: the caller's labels, so that a hold holds here too."),
    ];
}

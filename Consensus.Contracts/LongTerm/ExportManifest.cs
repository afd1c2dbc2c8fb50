namespace Consensus.Contracts.LongTerm;

/// <summary>What an export holds: <c>manifest.json</c>, written last. A folder without it is no export.</summary>
/// <param name="SchemaVersion">The version of this form: 1.</param>
/// <param name="ExportId">The export.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="Format"><c>ndjson.zst</c>, <c>ndjson.gz</c> or <c>parquet</c>.</param>
/// <param name="DatabaseSchema">The last migration of the database.</param>
/// <param name="CodeVersion">The version of the program.</param>
/// <param name="From">Runs that were created at or after this; <c>null</c>: from the first.</param>
/// <param name="To">Runs that were created before this; <c>null</c>: to the last.</param>
/// <param name="FirstCreatedAt">When the first of its runs was created; <c>null</c> without any.</param>
/// <param name="LastCreatedAt">When the last of its runs was created; <c>null</c> without any.</param>
/// <param name="Rows">Rows by table.</param>
/// <param name="RecordsSha256">The SHA-256 over the record hashes of its runs, one after the other in their order (of creation, or of their end with <c>Ended</c>), in hexadecimal digits.</param>
/// <param name="Files">The files beside it.</param>
/// <param name="Ended">Of an export by schedule, which runs it has; <c>null</c> for any other.</param>
/// <param name="Evidence">The evidence that it has beside the runs; <c>null</c> of an export of runs alone.</param>
public sealed record ExportManifest(
    int SchemaVersion, Guid ExportId, DateTimeOffset CreatedAt, string Format, string DatabaseSchema, string CodeVersion, DateTimeOffset? From, DateTimeOffset? To,
    DateTimeOffset? FirstCreatedAt, DateTimeOffset? LastCreatedAt, IReadOnlyDictionary<string, long> Rows, string RecordsSha256, IReadOnlyList<ManifestFile> Files,
    EndedRuns? Ended = null, ExportedEvidence? Evidence = null);

/// <summary>The evidence of an export.</summary>
/// <param name="File">Its file, which stands in <c>files</c> too.</param>
/// <param name="Collections">How many collections.</param>
/// <param name="Documents">How many documents these have.</param>
/// <param name="Passages">How many passages those have.</param>
/// <param name="Records">How many evidence records.</param>
/// <param name="Sha256">
/// SHA-256, in hexadecimal digits, over the canonical JSON (RFC 8785) of each in the order of the file: whatever store holds the same has the same.
/// </param>
public sealed record ExportedEvidence(string File, long Collections, long Documents, long Passages, long Records, string Sha256);

/// <summary>The runs of an export by schedule: those that ended after the last of the one before, in the order of their end and then of their ids.</summary>
/// <param name="Sequence">Its number, from 1, without gaps.</param>
/// <param name="AfterFinishedAt">When the last run of the one before ended; <c>null</c> for the first.</param>
/// <param name="AfterRunId">That run; <c>null</c> for the first.</param>
/// <param name="ThroughFinishedAt">When its last run ended.</param>
/// <param name="ThroughRunId">Its last run.</param>
public sealed record EndedRuns(long Sequence, DateTimeOffset? AfterFinishedAt, Guid? AfterRunId, DateTimeOffset ThroughFinishedAt, Guid ThroughRunId);

/// <summary>A file by its content.</summary>
/// <param name="Name">Its name, from the manifest's folder.</param>
/// <param name="Bytes">Its length.</param>
/// <param name="Sha256">Its SHA-256 in hexadecimal digits.</param>
public sealed record ManifestFile(string Name, long Bytes, string Sha256);

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
/// <param name="RecordsSha256">The SHA-256 over the record hashes of its runs, one after the other in order of creation, in hexadecimal digits.</param>
/// <param name="Files">The files beside it.</param>
public sealed record ExportManifest(
    int SchemaVersion, Guid ExportId, DateTimeOffset CreatedAt, string Format, string DatabaseSchema, string CodeVersion, DateTimeOffset? From, DateTimeOffset? To,
    DateTimeOffset? FirstCreatedAt, DateTimeOffset? LastCreatedAt, IReadOnlyDictionary<string, long> Rows, string RecordsSha256, IReadOnlyList<ManifestFile> Files);

/// <summary>A file by its content.</summary>
/// <param name="Name">Its name, from the manifest's folder.</param>
/// <param name="Bytes">Its length.</param>
/// <param name="Sha256">Its SHA-256 in hexadecimal digits.</param>
public sealed record ManifestFile(string Name, long Bytes, string Sha256);

namespace Consensus.Contracts.LongTerm;

/// <summary>What a backup holds: <c>manifest.json</c>, written last. A folder without it is no backup.</summary>
/// <param name="SchemaVersion">The version of this form: 1.</param>
/// <param name="BackupId">The backup.</param>
/// <param name="CreatedAt">When it was begun: every run that was acknowledged before is in it.</param>
/// <param name="DatabaseSchema">The last migration of the program that made it.</param>
/// <param name="CodeVersion">The version of that program.</param>
/// <param name="Files">The run log, the evidence store, the archive and the heads of the audit trail, as far as they are there.</param>
public sealed record BackupManifest(int SchemaVersion, Guid BackupId, DateTimeOffset CreatedAt, string DatabaseSchema, string CodeVersion, IReadOnlyList<ManifestFile> Files);

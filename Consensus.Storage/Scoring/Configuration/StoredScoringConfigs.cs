namespace Consensus.Storage.Scoring.Configuration;

/// <summary>What is stored of scoring configurations, as a start needs it.</summary>
/// <param name="Newest">The newest; <c>null</c> without any.</param>
/// <param name="File">What the file said when it was last taken; <c>null</c> when none ever was.</param>
/// <param name="Rubrics">The hash of every rubric that was ever stored.</param>
public sealed record StoredScoringConfigs(StoredScoringConfig? Newest, string? File, IReadOnlyDictionary<RubricId, string> Rubrics);

/// <summary>A stored scoring configuration.</summary>
/// <param name="Version">Its version.</param>
/// <param name="Source">How it came in force, of <see cref="ScoringConfigSource"/>.</param>
/// <param name="KeyId">The key that put it; <c>null</c> without one.</param>
/// <param name="Document">Its text.</param>
public sealed record StoredScoringConfig(string Version, string Source, string? KeyId, string Document);

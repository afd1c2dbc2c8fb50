using Consensus.Storage.Documents.Versioned;

namespace Consensus.Storage.Scoring.Configuration;

/// <summary>What is stored of scoring configurations, as a start needs it.</summary>
/// <param name="Newest">The newest; <c>null</c> without any.</param>
/// <param name="File">What the file said when it was last taken; <c>null</c> when none ever was.</param>
/// <param name="Rubrics">The hash of every rubric that was ever stored.</param>
public sealed record StoredScoringConfigs(StoredDocument? Newest, string? File, IReadOnlyDictionary<RubricId, string> Rubrics);

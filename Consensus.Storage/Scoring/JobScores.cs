using Consensus.Contracts.Scoring;

namespace Consensus.Storage.Scoring;

/// <summary>A judge job with all of its scores, in the order in which they came.</summary>
public sealed record JobScores(JudgeJob Job, IReadOnlyList<StoredScore> Scores);

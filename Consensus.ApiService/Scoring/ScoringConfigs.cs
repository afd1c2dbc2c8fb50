using Consensus.Contracts.Scoring;

namespace Consensus.ApiService.Scoring;

/// <summary>The scoring configurations, as judging needs them.</summary>
/// <param name="Current">What is in force; <c>null</c> without any. Whoever needs it more than once reads it once.</param>
/// <param name="FindAsync">What is or was in force, by its version; <c>null</c> without such a version.</param>
internal sealed record ScoringConfigs(
    Func<VersionedScoringConfig?> Current, Func<string, CancellationToken, ValueTask<VersionedScoringConfig?>> FindAsync);

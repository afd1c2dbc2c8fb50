namespace Consensus.Contracts.Scoring;

/// <summary>The scoring configuration in force, with its version.</summary>
/// <param name="Version">The first 16 hexadecimal digits of the SHA-256 of the configuration's canonical JSON.</param>
/// <param name="Config">The configuration.</param>
public sealed record VersionedScoringConfig(string Version, ScoringConfig Config);

/// <summary>What became of a configuration that was put.</summary>
/// <param name="Version">Its version.</param>
/// <param name="Changed">Whether it was not in force before.</param>
/// <param name="Stored">Whether it will be there after a restart.</param>
public sealed record ScoringConfigReceipt(string Version, bool Changed, bool Stored);

/// <summary>One row of the configuration's history.</summary>
/// <param name="Version">The version that came in force.</param>
/// <param name="PutAt">When.</param>
/// <param name="Source"><c>default</c>, <c>file</c> or <c>api</c>.</param>
/// <param name="KeyId">The key that put it; <c>null</c> without one.</param>
public sealed record ScoringConfigChange(string Version, DateTimeOffset PutAt, string Source, string? KeyId);

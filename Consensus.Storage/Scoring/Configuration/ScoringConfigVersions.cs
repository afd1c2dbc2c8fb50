using Consensus.Contracts.Json;
using Consensus.Contracts.Scoring;
using Consensus.Storage.Documents;

namespace Consensus.Storage.Scoring.Configuration;

/// <summary>Names configurations and rubrics by their content.</summary>
public static class ScoringConfigVersions
{
    /// <summary>A configuration with its version. White space and members left at their defaults have no part in that.</summary>
    public static VersionedScoringConfig Named(ScoringConfig config) => new(CanonicalJson.VersionOf(config, ConsensusJson.Default.ScoringConfig), config);

    /// <summary>The SHA-256 of a rubric, in hexadecimal.</summary>
    public static string HashOf(Rubric rubric) => CanonicalJson.HashOf(rubric, ConsensusJson.Default.Rubric);

    /// <summary>The configuration as it is stored.</summary>
    internal static string TextOf(ScoringConfig config) => CanonicalJson.FileOf(config, ConsensusJson.Default.ScoringConfig);
}

using System.Text.Json;
using Consensus.Contracts.Json;
using Consensus.Contracts.Scoring;
using Consensus.Storage.Documents;

namespace Consensus.Storage.Scoring.Configuration;

/// <summary>Reads scoring configurations. One that is wrong in any point is refused whole, with every reason.</summary>
public static class ScoringConfigReader
{
    /// <summary>Reads a configuration's text.</summary>
    public static DocumentReading<VersionedScoringConfig> Read(string json, KnownToScoring known) =>
        DocumentReading<VersionedScoringConfig>.OfText(json, root => Read(root, known));

    /// <summary>Reads a configuration that was parsed.</summary>
    public static DocumentReading<VersionedScoringConfig> Read(JsonElement json, KnownToScoring known)
    {
        var errors = new DocumentErrors();
        if (SchemaVersions.IsOther(json, ScoringConfig.CurrentSchemaVersion, errors))
        {
            return DocumentReading<VersionedScoringConfig>.Refused(errors);
        }

        DocumentShape.Check(json, ConsensusJson.Default.ScoringConfig, "$", errors);
        ScoringConfigRules.Check(json, known, errors);
        return DocumentReading<VersionedScoringConfig>.Of(errors, () => ScoringConfigVersions.Named(json.Deserialize(ConsensusJson.Default.ScoringConfig)!));
    }

    /// <summary>Reads a configuration that was valid when it was stored. It keeps the version that it was stored under: later programs may know members more.</summary>
    public static DocumentReading<VersionedScoringConfig> ReadStored(string version, string document)
    {
        var reading = Read(document, KnownToScoring.Nothing);
        return reading with { State = reading.State is { } state ? state with { Version = version } : null };
    }
}

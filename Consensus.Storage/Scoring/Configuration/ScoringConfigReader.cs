using System.Text.Json;
using Consensus.Contracts;
using Consensus.Contracts.Errors;
using Consensus.Contracts.Json;
using Consensus.Contracts.Scoring;
using Consensus.Storage.Documents;

namespace Consensus.Storage.Scoring.Configuration;

/// <summary>Reads scoring configurations. One that is wrong in any point is refused whole, with every reason.</summary>
public static class ScoringConfigReader
{
    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = Limits.JsonDepth };

    /// <summary>Reads a configuration's text.</summary>
    public static ScoringConfigReading Read(string json, KnownToScoring known)
    {
        try
        {
            using var document = JsonDocument.Parse(json, Strict);
            return Read(document.RootElement, known);
        }
        catch (JsonException fault)
        {
            var errors = new DocumentErrors();
            errors.Malformed($"Line {fault.LineNumber + 1}, byte {fault.BytePositionInLine + 1}: this is not JSON.");
            return Refused(errors);
        }
    }

    /// <summary>Reads a configuration that was parsed.</summary>
    public static ScoringConfigReading Read(JsonElement json, KnownToScoring known)
    {
        var errors = new DocumentErrors();
        if (SchemaVersions.IsOther(json, ScoringConfig.CurrentSchemaVersion, errors))
        {
            return Refused(errors);
        }

        DocumentShape.Check(json, ConsensusJson.Default.ScoringConfig, "$", errors);
        ScoringConfigRules.Check(json, known, errors);
        return errors.None
            ? new ScoringConfigReading(ScoringConfigVersions.Named(json.Deserialize(ConsensusJson.Default.ScoringConfig)!), [], 0)
            : Refused(errors);
    }

    /// <summary>Reads a configuration that was valid when it was stored. It keeps the version that it was stored under: later programs may know members more.</summary>
    public static ScoringConfigReading ReadStored(string version, string document)
    {
        var reading = Read(document, KnownToScoring.Nothing);
        return reading with { State = reading.State is { } state ? state with { Version = version } : null };
    }

    private static ScoringConfigReading Refused(DocumentErrors errors) => new(null, errors.Errors, errors.Count);
}

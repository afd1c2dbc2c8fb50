using System.Text.Json;
using Consensus.Contracts;
using Consensus.Contracts.Errors;
using Consensus.Contracts.Fitting;
using Consensus.Contracts.Json;
using Consensus.Storage.Documents;

namespace Consensus.Storage.Fitting;

/// <summary>Reads fitted documents. One that is wrong in any point is refused whole, with every reason.</summary>
public static class FittedReader
{
    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = Limits.JsonDepth };

    /// <summary>Reads a document's text.</summary>
    public static FittedReading Read(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json, Strict);
            return Read(document.RootElement);
        }
        catch (JsonException fault)
        {
            var errors = new DocumentErrors();
            errors.Malformed($"Line {fault.LineNumber + 1}, byte {fault.BytePositionInLine + 1}: this is not JSON.");
            return Refused(errors);
        }
    }

    /// <summary>Reads a document that was parsed.</summary>
    public static FittedReading Read(JsonElement json)
    {
        var errors = new DocumentErrors();
        if (SchemaVersions.IsOther(json, FittedDocument.CurrentSchemaVersion, errors))
        {
            return Refused(errors);
        }

        DocumentShape.Check(json, ConsensusJson.Default.FittedDocument, "$", errors);
        return errors.None ? Read(json.Deserialize(ConsensusJson.Default.FittedDocument)!) : Refused(errors);
    }

    internal static FittedReading Read(FittedDocument document)
    {
        var errors = new DocumentErrors();
        var panels = document.Panels.Select((panel, i) => PanelReader.Read(panel, $"panels[{i}]", errors)).ToList();
        var keys = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < panels.Count; i++)
        {
            if (panels[i] is { Fit: var fit } && !keys.Add(FittedState.Key(fit.Models, fit.Kind)))
            {
                errors.Add($"panels[{i}]", FieldCodes.Duplicate, "These models and this kind stand in the list already.");
            }
        }

        if (FittedVersion.Of(document) is var hash && document.Version != hash)
        {
            errors.Add("version", FieldCodes.HashMismatch, $"The content's hash is {hash}, not {DocumentErrors.Shown(document.Version)}.", [hash]);
        }

        return errors.None ? new FittedReading(new FittedState(document, [.. panels.OfType<FittedPanel>()]), [], 0) : Refused(errors);
    }

    private static FittedReading Refused(DocumentErrors errors) => new(null, errors.Errors, errors.Count);
}

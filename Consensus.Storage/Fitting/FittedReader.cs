using System.Text.Json;
using Consensus.Contracts.Errors;
using Consensus.Contracts.Fitting;
using Consensus.Contracts.Json;
using Consensus.Storage.Documents;

namespace Consensus.Storage.Fitting;

/// <summary>Reads fitted documents. One that is wrong in any point is refused whole, with every reason.</summary>
public static class FittedReader
{
    /// <summary>Reads a document's text.</summary>
    public static DocumentReading<FittedState> Read(string json) => DocumentReading<FittedState>.OfText(json, Read);

    /// <summary>Reads a document that was parsed.</summary>
    public static DocumentReading<FittedState> Read(JsonElement json)
    {
        var errors = new DocumentErrors();
        if (SchemaVersions.IsOther(json, FittedDocument.CurrentSchemaVersion, errors))
        {
            return DocumentReading<FittedState>.Refused(errors);
        }

        DocumentShape.Check(json, ConsensusJson.Default.FittedDocument, "$", errors);
        return errors.None ? Read(json.Deserialize(ConsensusJson.Default.FittedDocument)!) : DocumentReading<FittedState>.Refused(errors);
    }

    internal static DocumentReading<FittedState> Read(FittedDocument document)
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

        return DocumentReading<FittedState>.Of(errors, () => new FittedState(document, [.. panels.OfType<FittedPanel>()]));
    }
}

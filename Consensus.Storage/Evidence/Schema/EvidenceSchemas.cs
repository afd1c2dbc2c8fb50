using System.Text.Json;
using Consensus.Core.Schemas;

namespace Consensus.Storage.Evidence.Schema;

/// <summary>The JSON Schemas of what is stored, as <c>docs/schemas</c> has them.</summary>
internal static class EvidenceSchemas
{
    public static SchemaDocument Read(string name)
    {
        using var stream = typeof(EvidenceSchemas).Assembly.GetManifestResourceStream($"evidence-{name}.schema.json")
            ?? throw new InvalidOperationException($"There is no schema of a stored {name}.");
        using var document = JsonDocument.Parse(stream);
        return SchemaDocument.OfTrusted(document.RootElement.Clone());
    }
}

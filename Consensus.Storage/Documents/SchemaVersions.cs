using System.Text.Json;
using Consensus.Contracts.Errors;

namespace Consensus.Storage.Documents;

/// <summary>Documents say the version of their shape.</summary>
internal static class SchemaVersions
{
    /// <summary>Reports a document of another version; of that nothing more can be said.</summary>
    public static bool IsOther(JsonElement json, int current, DocumentErrors errors)
    {
        if (json.Whole("schemaVersion") is not { } version || version == current)
        {
            return false;
        }

        errors.Add("schemaVersion", FieldCodes.InvalidValue, $"The document has the schema version {version}.", $"{current}");
        return true;
    }
}

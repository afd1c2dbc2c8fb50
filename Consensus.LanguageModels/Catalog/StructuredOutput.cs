namespace Consensus.LanguageModels.Catalog;

/// <summary>What a provider is told of the JSON that an answer is to be. The prompt says it in any case.</summary>
public enum StructuredOutput
{
    /// <summary>The schema.</summary>
    JsonSchema,

    /// <summary>That it is a JSON object.</summary>
    JsonObject,

    /// <summary>Nothing.</summary>
    Off,
}

using System.Collections.Frozen;

namespace Consensus.LanguageModels.Catalog;

/// <summary>A configured model.</summary>
public sealed record ModelEntry
{
    /// <summary>The id in requests: <c>provider/model</c>.</summary>
    public required string Id { get; init; }

    /// <summary>The provider's configured name.</summary>
    public required string Provider { get; init; }

    /// <summary>The provider's kind: <c>openai</c>, <c>anthropic</c>, <c>ollama</c> or <c>simulator</c>.</summary>
    public required string ProviderKind { get; init; }

    /// <summary>The name the provider knows the model by.</summary>
    public required string Name { get; init; }

    /// <summary>The model's family.</summary>
    public required string Family { get; init; }

    /// <summary>How far the provider holds the model to a schema.</summary>
    public StructuredOutput StructuredOutput { get; init; }

    /// <summary>US dollars per million input tokens.</summary>
    public decimal? InputUsdPerMillion { get; init; }

    /// <summary>US dollars per million output tokens.</summary>
    public decimal? OutputUsdPerMillion { get; init; }

    /// <summary>The configured probability that the model is right, in (0, 1).</summary>
    public double? Reliability { get; init; }
}

/// <summary>The configured models and panels. Immutable.</summary>
public sealed class ModelCatalog
{
    private readonly FrozenDictionary<string, ModelEntry> _byId = FrozenDictionary<string, ModelEntry>.Empty;

    /// <summary>All models, in the order of configuration.</summary>
    public required IReadOnlyList<ModelEntry> Models
    {
        get;
        init => (field, _byId) = (value, value.ToFrozenDictionary(m => m.Id, StringComparer.Ordinal));
    }

    /// <summary>Panels by name; there is always one named <c>default</c>.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyList<string>> Panels { get; init; }

    /// <summary>Finds a model by its id.</summary>
    public ModelEntry? Find(string id) => _byId.GetValueOrDefault(id);
}

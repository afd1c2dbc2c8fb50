using Consensus.LanguageModels.Catalog;

namespace Consensus.ApiService.OpenAi;

/// <summary>A model as OpenAI's clients list it.</summary>
internal sealed record OpenAiModel(string Id, string Object, long Created, string OwnedBy);

/// <summary>All of them.</summary>
internal sealed record OpenAiModelList(string Object, IReadOnlyList<OpenAiModel> Data);

/// <summary>What can be named as a model.</summary>
internal sealed class OpenAiModels(ModelCatalog catalog, TimeProvider time)
{
    // The catalog is made when the service starts.
    private readonly long created = time.GetUtcNow().ToUnixTimeSeconds();

    public OpenAiModelList List() => new("list", [.. ModelNames.All(catalog).Select(m => Model(m.Name, m.Owner))]);

    /// <summary>One by its name, also one that is not listed but can be asked; <c>null</c> when there is none.</summary>
    public OpenAiModel? Find(string name) => ModelNames.Find(name, catalog) is null ? null : Model(name, catalog.Find(name)?.Provider ?? ModelNames.Consensus);

    private OpenAiModel Model(string name, string owner) => new(name, "model", created, owner);
}

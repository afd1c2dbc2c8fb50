using Consensus.LanguageModels.Configuration;
using Microsoft.Extensions.AI;
using OpenAI.Embeddings;

namespace Consensus.LanguageModels.Providers;

/// <summary>Makes the bare client that embeds by a model, for each kind of provider that can; as <see cref="ProviderClients"/> makes those that are
/// asked.</summary>
internal static class EmbeddingClients
{
    public static IEmbeddingGenerator<string, Embedding<float>> Create(ProviderSettings provider, string model, HttpClient http) => provider.Kind switch
    {
        ProviderKind.Ollama => ProviderClients.ForOllama(provider, model, http),
        ProviderKind.Anthropic => throw new ArgumentException($"A provider of the kind {provider.Kind} has no embeddings.", nameof(provider)),
        _ => ForOpenAi(provider, model, http),
    };

    private static IEmbeddingGenerator<string, Embedding<float>> ForOpenAi(ProviderSettings provider, string model, HttpClient http)
    {
#pragma warning disable OPENAI001 // The only constructor that takes a provider without a key.
        return new EmbeddingClient(model, new ProviderClients.BearerKey(provider.Key), ProviderClients.OpenAiOptions(provider, http)).AsIEmbeddingGenerator();
#pragma warning restore OPENAI001
    }
}

using Consensus.LanguageModels.Calling;
using Consensus.LanguageModels.Embedding;
using Microsoft.Extensions.AI;

namespace Consensus.LanguageModels.Resilience;

/// <summary>Has texts embedded under the deadline of the call, through the model's pipeline, as <see cref="ResilientChatClient"/> has questions
/// answered.</summary>
internal sealed class ResilientEmbedder(IEmbeddingGenerator<string, Embedding<float>> inner, ResilientCall call)
    : DelegatingEmbeddingGenerator<string, Embedding<float>>(inner)
{
    public override Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        var (limit, progress) = options is CallEmbeddingOptions own ? (own.CallTimeout, own.Progress) : (null, new CallProgress());
        return call.ExecuteAsync((_, token) => base.GenerateAsync(values, options, token), limit, progress, cancellationToken);
    }
}

using Consensus.LanguageModels.Calling;
using Microsoft.Extensions.AI;

namespace Consensus.LanguageModels.Embedding;

/// <summary>Options that carry a call's time limit down through the decorators and its count of attempts back up. Nothing of it is sent.</summary>
internal sealed class CallEmbeddingOptions : EmbeddingGenerationOptions
{
    /// <summary>The time the call may take, retries included.</summary>
    public TimeSpan? CallTimeout { get; init; }

    public CallProgress Progress { get; } = new();
}

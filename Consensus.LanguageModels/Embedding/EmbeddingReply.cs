using Consensus.Contracts.Runs;

namespace Consensus.LanguageModels.Embedding;

/// <summary>What came of texts that were to become vectors: one of each, or a failure with its reason.</summary>
public sealed record EmbeddingReply
{
    /// <summary>The vectors in the order of the texts, all of one length, each number finite; <c>null</c> for a failure.</summary>
    public IReadOnlyList<ReadOnlyMemory<float>>? Vectors { get; init; }

    /// <summary>Why there are none; <c>null</c> for a success.</summary>
    public FailureReason? Failure { get; init; }

    /// <summary>The failure in a sentence, free of secrets.</summary>
    public string? FailureMessage { get; init; }

    /// <summary>Tokens, where the provider says.</summary>
    public long? Tokens { get; init; }

    /// <summary>The cost in US dollars; <c>null</c> when tokens or the price are not known.</summary>
    public decimal? CostUsd { get; init; }
}

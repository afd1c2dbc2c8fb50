using Consensus.Contracts.Runs;
using Consensus.LanguageModels.Caching;
using Microsoft.Extensions.AI;

namespace Consensus.LanguageModels.Calling;

/// <summary>One question to one model.</summary>
public sealed record ModelCall
{
    /// <summary>The model's id in the catalog: <c>provider/model</c>.</summary>
    public required string Model { get; init; }

    /// <summary>The conversation; text only.</summary>
    public required IReadOnlyList<ChatMessage> Messages { get; init; }

    /// <summary>Sampling temperature, 0 to 2; the provider's default when <c>null</c>.</summary>
    public double? Temperature { get; init; }

    /// <summary>The most tokens of the answer.</summary>
    public int? MaxOutputTokens { get; init; }

    /// <summary>A seed, for providers that take one.</summary>
    public long? Seed { get; init; }

    /// <summary>The JSON that the answer is to be; sent where the provider takes it, so the prompt has to say it as well. Nothing checks the answer here.</summary>
    public ResponseSchema? Schema { get; init; }

    /// <summary>The time the call may take, retries included; the provider's configured time-out holds as well.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>For whom the answer may come from the cache and go into it; <c>null</c>: it may not.</summary>
    public AnswerCaching? Cache { get; init; }
}

/// <summary>What came of a call: a text, or a failure with its reason. A failure is a value; <see cref="ModelCaller.AskAsync"/> does not throw for it.</summary>
public sealed record ModelReply
{
    /// <summary>What the model wrote; <c>null</c> for a failure.</summary>
    public string? Text { get; init; }

    /// <summary>Why there is no text; <c>null</c> for a success.</summary>
    public FailureReason? Failure { get; init; }

    /// <summary>The failure in a sentence, free of secrets.</summary>
    public string? FailureMessage { get; init; }

    /// <summary>How often the provider was asked, retries included; 0 when it never was.</summary>
    public int Attempts { get; init; }

    /// <summary>From the first attempt to the end.</summary>
    public TimeSpan Latency { get; init; }

    /// <summary>The provider's word for why the answer ended.</summary>
    public string? FinishReason { get; init; }

    /// <summary>The provider's exact model, where it says.</summary>
    public string? ProviderModel { get; init; }

    /// <summary>Input tokens, where the provider says.</summary>
    public long? InputTokens { get; init; }

    /// <summary>Output tokens, where the provider says.</summary>
    public long? OutputTokens { get; init; }

    /// <summary>The cost in US dollars; <c>null</c> when tokens or prices are not known.</summary>
    public decimal? CostUsd { get; init; }

    /// <summary>
    /// Whether an attempt was sent that may be billed and of which the numbers above tell nothing: it was cut or lost, or answered without usage or beyond
    /// reading. False where the provider turned every such attempt away with an error status, or was never reached.
    /// </summary>
    public bool MayBeBilled { get; init; }

    /// <summary>Whether the text is that of an earlier call, or of one at the same time: then nobody was asked for it, and tokens and cost are 0.</summary>
    public bool Cached { get; init; }
}

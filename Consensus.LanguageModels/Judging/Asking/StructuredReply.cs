using Consensus.Contracts.Runs;
using Consensus.Contracts.Scoring;
using Consensus.LanguageModels.Calling;

namespace Consensus.LanguageModels.Judging.Asking;

/// <summary>What came of a structured question.</summary>
/// <typeparam name="T">What was asked for.</typeparam>
public sealed record StructuredReply<T>
    where T : class
{
    /// <summary>What the model said; <c>null</c> when nothing usable.</summary>
    public T? Value { get; init; }

    /// <summary>Why there is no value, or not a whole one; <c>null</c> when nothing is missing.</summary>
    public UnscoredReason? Unscored { get; init; }

    /// <summary>The same in a sentence, free of content.</summary>
    public string? Message { get; init; }

    /// <summary>The calls that were made, one to three, in their order.</summary>
    public required IReadOnlyList<ModelReply> Calls { get; init; }

    /// <summary>Whether the model was asked again for the form of its answer.</summary>
    public bool Repaired { get; init; }

    /// <summary>How often the provider was asked, retries included.</summary>
    public int Attempts => Calls.Sum(call => call.Attempts);

    /// <summary>The time of all calls.</summary>
    public TimeSpan Latency => TimeSpan.FromTicks(Calls.Sum(call => call.Latency.Ticks));

    /// <summary>Tokens and cost of all calls; each <c>null</c> when it is not known of one of them. A call that was not sent, or turned away, has used nothing.</summary>
    public UsageBody Usage => new((long?)Sum(call => call.InputTokens), (long?)Sum(call => call.OutputTokens), Sum(call => call.CostUsd));

    private decimal? Sum(Func<ModelReply, decimal?> part) => Calls.Any(call => part(call) is null && (call.MayBeBilled || (call.InputTokens ?? call.OutputTokens) is not null))
        ? null
        : Calls.Sum(call => part(call) ?? 0);
}

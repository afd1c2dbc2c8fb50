using Consensus.Contracts;
using Consensus.LanguageModels.Catalog;

namespace Consensus.LanguageModels.Configuration;

/// <summary>One section <c>Providers:{name}</c>, read and checked. A class, not a record: no generated text may print the key.</summary>
internal sealed class ProviderSettings
{
    public required string Name { get; init; }

    public required string Kind { get; init; }

    public required Uri Endpoint { get; init; }

    /// <summary>True when the endpoint was configured and is not the kind's own: such an endpoint may need no key.</summary>
    public bool OwnEndpoint { get; init; }

    public bool Enabled { get; init; } = true;

    public string? Key { get; init; }

    public TimeSpan Timeout { get; init; } = TimeSpan.FromMilliseconds(Limits.DefaultCallTimeoutMs);

    public int MaxConcurrency { get; init; } = 16;

    /// <summary>The member that carries the cap of output tokens in OpenAI's protocol.</summary>
    public string MaxTokensMember { get; init; } = MaxCompletionTokens;

    public StructuredOutput StructuredOutput { get; init; }

    public RetrySettings Retry { get; init; } = new();

    public BreakerSettings Breaker { get; init; } = new();

    public required IReadOnlyList<ModelSettings> Models { get; init; }

    public const string MaxCompletionTokens = "max_completion_tokens";

    public const string MaxTokens = "max_tokens";
}

/// <summary>Section <c>Retry</c> of a provider.</summary>
internal sealed record RetrySettings
{
    /// <summary>The most attempts of one call, the first included.</summary>
    public int MaxAttempts { get; init; } = 3;

    /// <summary>The mean wait before the second attempt; it doubles with each further one.</summary>
    public TimeSpan Delay { get; init; } = TimeSpan.FromMilliseconds(500);
}

/// <summary>Section <c>Breaker</c> of a provider; each of its models has a breaker of its own.</summary>
internal sealed record BreakerSettings
{
    /// <summary>The share of failing attempts within the window that opens the breaker.</summary>
    public double FailureRatio { get; init; } = 0.5;

    /// <summary>The fewest attempts within the window before the breaker may open.</summary>
    public int MinimumCalls { get; init; } = 10;

    public TimeSpan Window { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long the model is left alone before one attempt probes it.</summary>
    public TimeSpan Break { get; init; } = TimeSpan.FromSeconds(15);
}

/// <summary>One model of a provider's list.</summary>
internal sealed record ModelSettings(
    string Name,
    string Family,
    decimal? InputUsdPerMillion = null,
    decimal? OutputUsdPerMillion = null,
    double? Reliability = null);

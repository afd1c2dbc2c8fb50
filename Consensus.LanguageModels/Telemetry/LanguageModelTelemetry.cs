namespace Consensus.LanguageModels.Telemetry;

/// <summary>The names a host adds to its OpenTelemetry set-up, and the instruments behind them.</summary>
public static class LanguageModelTelemetry
{
    /// <summary>The source of the <c>gen_ai</c> spans.</summary>
    public const string SourceName = "Consensus.LanguageModels";

    /// <summary>The meter of all instruments below.</summary>
    public const string MeterName = "Consensus.LanguageModels";

    /// <summary>Histogram in seconds: one call, queueing and retries included.</summary>
    public const string OperationDuration = "gen_ai.client.operation.duration";

    /// <summary>Histogram in tokens, by <c>gen_ai.token.type</c>.</summary>
    public const string TokenUsage = "gen_ai.client.token.usage";

    /// <summary>Counter of calls without an answer, by <c>reason</c>.</summary>
    public const string Failures = "consensus.model.failures";

    /// <summary>Counter of attempts that were repeated, by <c>reason</c>.</summary>
    public const string Retries = "consensus.model.retries";

    /// <summary>Counter of calls that the cache was asked for, by <c>result</c>.</summary>
    public const string CacheCalls = "consensus.model.cache.calls";

    /// <summary>Gauge: 0 closed, 1 half open, 2 open.</summary>
    public const string BreakerState = "consensus.model.breaker.state";
}

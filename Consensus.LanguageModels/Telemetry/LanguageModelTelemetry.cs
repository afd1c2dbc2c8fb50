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

    /// <summary>Counter of calls that ended, by <c>reason</c>: why there is no answer, or <c>none</c> where there is one.</summary>
    public const string Calls = "consensus.model.calls";

    /// <summary>Calls going on now, those that wait for a place or for their next attempt included.</summary>
    public const string ActiveCalls = "consensus.model.calls.active";

    /// <summary>Counter of attempts that were repeated, by <c>reason</c>.</summary>
    public const string Retries = "consensus.model.retries";

    /// <summary>Counter in US dollars, where prices are configured.</summary>
    public const string Cost = "consensus.model.cost";

    /// <summary>
    /// Counter of calls whose cost, or a part of it, is not in <see cref="Cost"/>: no price is configured, or an attempt was lost that may be billed.
    /// </summary>
    public const string UnpricedCalls = "consensus.model.calls.unpriced";

    /// <summary>Counter of calls that the cache was asked for, by <c>result</c>.</summary>
    public const string CacheCalls = "consensus.model.cache.calls";

    /// <summary>Gauge: 0 closed, 1 half open, 2 open.</summary>
    public const string BreakerState = "consensus.model.breaker.state";

    /// <summary>Counter: how often a breaker opened. A state between two scrapes is seen by nobody.</summary>
    public const string BreakerOpened = "consensus.model.breaker.opened";

    /// <summary>Histogram in seconds: how long an attempt waited for a place among the provider's concurrent calls, by <c>result</c>.</summary>
    public const string PlaceWait = "consensus.provider.wait.duration";

    /// <summary>Gauge: how many concurrent calls the provider is configured to take.</summary>
    public const string Places = "consensus.provider.places";

    /// <summary>Gauge: how many of them are taken.</summary>
    public const string PlacesTaken = "consensus.provider.places.taken";

    /// <summary>Gauge: how many attempts wait for one.</summary>
    public const string Waiting = "consensus.provider.waiting";
}

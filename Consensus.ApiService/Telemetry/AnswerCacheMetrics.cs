using System.Diagnostics.Metrics;
using Consensus.Contracts.Json;

namespace Consensus.ApiService.Telemetry;

/// <summary>What came of asking Redis for the cache of answers.</summary>
internal enum RedisOutcome
{
    /// <summary>It had the answer; whether it can be opened is another thing.</summary>
    Hit,

    /// <summary>It had it not.</summary>
    Miss,

    /// <summary>It took it.</summary>
    Stored,

    /// <summary>It did not answer in time, or with an error.</summary>
    Failed,

    /// <summary>It was not asked: there is no connection, or it failed a moment ago.</summary>
    Bypassed,
}

/// <summary>Counts what the cache of answers asks of Redis.</summary>
internal static class AnswerCacheMetrics
{
    private static readonly Counter<long> Requests = ApiTelemetry.Meter.CreateCounter<long>(
        "consensus.cache.redis", "{request}", "What the cache of answers asked of Redis.");

    /// <param name="operation"><c>get</c>, <c>set</c> or <c>remove</c>.</param>
    /// <param name="result">What came of it.</param>
    public static void Redis(string operation, RedisOutcome result) =>
        Requests.Add(1, new KeyValuePair<string, object?>("operation", operation), new KeyValuePair<string, object?>("result", WireName.Of(result)));
}

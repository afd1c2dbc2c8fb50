using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using StackExchange.Redis;

namespace Consensus.ServiceDefaults.Redis;

/// <summary>Whether a Redis that is configured is connected. Where none is, there is no such metric.</summary>
internal sealed class RedisMetrics(IServiceProvider services)
{
    /// <summary>The name of the meter.</summary>
    public const string Name = "Consensus.Redis";

    private Task<IConnectionMultiplexer>? _client;

    /// <summary>Begins to tell it.</summary>
    public void Begin(IMeterFactory meters) => meters.Create(Name).CreateObservableGauge(
        "consensus.redis.connected", () => IsConnected() ? 1 : 0, unit: null, "1 while Redis is connected, else 0.");

    private bool IsConnected()
    {
        // The first use connects, which can block; a scrape does not wait for that.
        if (_client is null or { IsFaulted: true } or { IsCanceled: true })
        {
            _client = Task.Run(services.GetRequiredService<IConnectionMultiplexer>);
        }

        return _client is { IsCompletedSuccessfully: true, Result.IsConnected: true };
    }
}

using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Threading.RateLimiting;
using Consensus.LanguageModels.Catalog;
using Polly.CircuitBreaker;

namespace Consensus.LanguageModels.Telemetry;

/// <summary>How models and providers stand whenever somebody looks: the breakers, and the places among concurrent calls.</summary>
internal sealed class ModelStanding
{
    private readonly ConcurrentDictionary<string, (ModelEntry Model, CircuitBreakerStateProvider State)> _breakers = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, (RateLimiter Places, int Limit)> _places = new(StringComparer.Ordinal);

    public ModelStanding(Meter meter)
    {
        meter.CreateObservableGauge(LanguageModelTelemetry.BreakerState, Breakers, unit: null, "State of a model's breaker: 0 closed, 1 half open, 2 open.");
        meter.CreateObservableGauge(LanguageModelTelemetry.Places, () => Of(static (_, limit) => limit), "{call}",
            "How many concurrent calls the provider is configured to take.");
        meter.CreateObservableGauge(LanguageModelTelemetry.PlacesTaken, () => Of(static (now, limit) => limit - now.CurrentAvailablePermits), "{call}",
            "How many of them are taken.");
        meter.CreateObservableGauge(LanguageModelTelemetry.Waiting, () => Of(static (now, _) => now.CurrentQueuedCount), "{call}",
            "Attempts that wait for a place.");
    }

    public void Watch(ModelEntry model, CircuitBreakerStateProvider state) => _breakers[model.Id] = (model, state);

    public void Watch(string provider, RateLimiter places, int limit) => _places[provider] = (places, limit);

    private IEnumerable<Measurement<int>> Breakers() => _breakers.Values.Select(b => new Measurement<int>(
        b.State.CircuitState switch { CircuitState.Closed => 0, CircuitState.HalfOpen => 1, _ => 2 },
        new KeyValuePair<string, object?>("provider", b.Model.Provider),
        new KeyValuePair<string, object?>("model", b.Model.Name)));

    private List<Measurement<long>> Of(Func<RateLimiterStatistics, int, long> value)
    {
        var measured = new List<Measurement<long>>(_places.Count);
        foreach (var (provider, (places, limit)) in _places)
        {
            try
            {
                if (places.GetStatistics() is { } now)
                    measured.Add(new Measurement<long>(value(now, limit), new KeyValuePair<string, object?>("provider", provider)));
            }
            catch (ObjectDisposedException)
            {
                // The process is stopping.
            }
        }

        return measured;
    }
}

using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using Consensus.Contracts.Json;
using Consensus.Contracts.Runs;
using Consensus.LanguageModels.Caching;
using Consensus.LanguageModels.Catalog;
using Polly.CircuitBreaker;

namespace Consensus.LanguageModels.Telemetry;

/// <summary>The instruments of the model calls. Label values are configured names, or of a closed list.</summary>
internal sealed class ModelInstruments
{
    public static readonly ActivitySource Source = new(LanguageModelTelemetry.SourceName);

    private readonly ConcurrentDictionary<string, (ModelEntry Model, CircuitBreakerStateProvider State)> _breakers = new(StringComparer.Ordinal);
    private readonly Counter<long> _failures;
    private readonly Counter<long> _retries;
    private readonly Counter<long> _cache;

    public ModelInstruments(IMeterFactory meters)
    {
        var meter = meters.Create(LanguageModelTelemetry.MeterName);
        // The bucket bounds are those of the semantic conventions for generative AI.
        Duration = meter.CreateHistogram(LanguageModelTelemetry.OperationDuration, "s", "Duration of a call to a model, queueing and retries included.", tags: null,
            new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92] });
        Tokens = meter.CreateHistogram(LanguageModelTelemetry.TokenUsage, "{token}", "Tokens of a call to a model.", tags: null,
            new InstrumentAdvice<long> { HistogramBucketBoundaries = [1, 4, 16, 64, 256, 1024, 4096, 16384, 65536, 262144, 1048576, 4194304, 16777216, 67108864] });
        _failures = meter.CreateCounter<long>(LanguageModelTelemetry.Failures, "{call}", "Calls to a model that brought no answer.");
        _retries = meter.CreateCounter<long>(LanguageModelTelemetry.Retries, "{attempt}", "Attempts that failed and were repeated.");
        _cache = meter.CreateCounter<long>(LanguageModelTelemetry.CacheCalls, "{call}", "Calls that the cache was asked for.");
        meter.CreateObservableGauge(LanguageModelTelemetry.BreakerState, ObserveBreakers, unit: null, "State of a model's breaker: 0 closed, 1 half open, 2 open.");
    }

    public Histogram<double> Duration { get; }

    public Histogram<long> Tokens { get; }

    public void Failed(ModelEntry model, FailureReason reason) => _failures.Add(1, Labels(model, WireName.Of(reason)));

    public void Retried(ModelEntry model, FailureReason reason) => _retries.Add(1, Labels(model, WireName.Of(reason)));

    public void Looked(ModelEntry model, CacheResult result) =>
        _cache.Add(1, new TagList { { "provider", model.Provider }, { "model", model.Name }, { "result", WireName.Of(result) } });

    public void Watch(ModelEntry model, CircuitBreakerStateProvider state) => _breakers[model.Id] = (model, state);

    private static TagList Labels(ModelEntry model, string reason) => new() { { "provider", model.Provider }, { "model", model.Name }, { "reason", reason } };

    private IEnumerable<Measurement<int>> ObserveBreakers() => _breakers.Values.Select(b => new Measurement<int>(
        b.State.CircuitState switch { CircuitState.Closed => 0, CircuitState.HalfOpen => 1, _ => 2 },
        new KeyValuePair<string, object?>("provider", b.Model.Provider),
        new KeyValuePair<string, object?>("model", b.Model.Name)));
}

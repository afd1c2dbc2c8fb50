using System.Diagnostics;
using System.Diagnostics.Metrics;
using Consensus.Contracts.Json;
using Consensus.Contracts.Runs;
using Consensus.LanguageModels.Caching;
using Consensus.LanguageModels.Calling;
using Consensus.LanguageModels.Catalog;
using Polly.CircuitBreaker;

namespace Consensus.LanguageModels.Telemetry;

/// <summary>The instruments of the model calls. Label values are configured names, or of a closed list; nothing that a provider says.</summary>
internal sealed class ModelInstruments
{
    /// <summary>The label value of a call that brought an answer.</summary>
    private const string Answered = "none";

    public static readonly ActivitySource Source = new(LanguageModelTelemetry.SourceName);

    private readonly Counter<long> _calls;
    private readonly UpDownCounter<long> _active;
    private readonly Counter<long> _retries;
    private readonly Counter<double> _cost;
    private readonly Counter<long> _unpriced;
    private readonly Counter<long> _cache;
    private readonly Counter<long> _opened;
    private readonly Histogram<double> _wait;

    public ModelInstruments(IMeterFactory meters)
    {
        var meter = meters.Create(LanguageModelTelemetry.MeterName);
        // The bucket bounds are those of the semantic conventions for generative AI.
        Duration = meter.CreateHistogram(LanguageModelTelemetry.OperationDuration, "s",
            "Duration of a call to a model, queueing and retries included.", tags: null,
            new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92] });
        Tokens = meter.CreateHistogram(LanguageModelTelemetry.TokenUsage, "{token}", "Tokens of a call to a model.", tags: null,
            new InstrumentAdvice<long> { HistogramBucketBoundaries = [1, 4, 16, 64, 256, 1024, 4096, 16384, 65536, 262144, 1048576, 4194304, 16777216, 67108864] });
        _calls = meter.CreateCounter<long>(LanguageModelTelemetry.Calls, "{call}", "Calls to a model that ended, by why there is no answer.");
        _active = meter.CreateUpDownCounter<long>(LanguageModelTelemetry.ActiveCalls, "{call}", "Calls to a model going on now.");
        _retries = meter.CreateCounter<long>(LanguageModelTelemetry.Retries, "{attempt}", "Attempts that failed and were repeated.");
        _cost = meter.CreateCounter<double>(LanguageModelTelemetry.Cost, "USD", "Cost of calls, where prices are configured.");
        _unpriced = meter.CreateCounter<long>(LanguageModelTelemetry.UnpricedCalls, "{call}", "Calls whose cost, or a part of it, is not known.");
        _cache = meter.CreateCounter<long>(LanguageModelTelemetry.CacheCalls, "{call}", "Calls that the cache was asked for.");
        _opened = meter.CreateCounter<long>(LanguageModelTelemetry.BreakerOpened, "{break}", "How often the breaker of a model opened.");
        _wait = meter.CreateHistogram(LanguageModelTelemetry.PlaceWait, "s",
            "How long an attempt waited for a place among the provider's concurrent calls.", tags: null,
            new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.001, 0.01, 0.1, 0.5, 1, 2.5, 5, 10, 30, 60] });
        Standing = new ModelStanding(meter);
    }

    public Histogram<double> Duration { get; }

    public Histogram<long> Tokens { get; }

    public ModelStanding Standing { get; }

    /// <summary>Counts a call as going on until the result is disposed.</summary>
    public ActiveCall Begin(ModelEntry model)
    {
        _active.Add(1, Label("provider", model.Provider), Label("model", model.Name));
        return new ActiveCall(this, model);
    }

    /// <summary>A call has ended, one way or the other.</summary>
    public void Ended(ModelEntry model, ModelReply reply)
    {
        _calls.Add(1, Labels(model, reply.Failure is { } failure ? WireName.Of(failure) : Answered));
        if (reply.CostUsd is { } cost)
            _cost.Add((double)cost, Label("provider", model.Provider), Label("model", model.Name));
        if (reply.MayBeBilled || (reply.CostUsd is null && (reply.Text is not null || reply.InputTokens is not null || reply.OutputTokens is not null)))
            _unpriced.Add(1, Label("provider", model.Provider), Label("model", model.Name));
    }

    public void Retried(ModelEntry model, FailureReason reason) => _retries.Add(1, Labels(model, WireName.Of(reason)));

    /// <summary>A model can be asked from now on. Its breaker begins at zero: a counter that is not there yet tells no alert that it has gone up.</summary>
    public void Watch(ModelEntry model, CircuitBreakerStateProvider state)
    {
        _opened.Add(0, Label("provider", model.Provider), Label("model", model.Name));
        Standing.Watch(model, state);
    }

    public void Opened(ModelEntry model) => _opened.Add(1, Label("provider", model.Provider), Label("model", model.Name));

    public void Waited(ModelEntry model, TimeSpan waited, bool isPlaced) =>
        _wait.Record(waited.TotalSeconds, Label("provider", model.Provider), Label("result", isPlaced ? "placed" : "given_up"));

    public void Looked(ModelEntry model, CacheResult result) =>
        _cache.Add(1, new TagList { { "provider", model.Provider }, { "model", model.Name }, { "result", WireName.Of(result) } });

    private static TagList Labels(ModelEntry model, string reason) => new() { { "provider", model.Provider }, { "model", model.Name }, { "reason", reason } };

    private static KeyValuePair<string, object?> Label(string name, string value) => new(name, value);

    /// <summary>A call that is going on.</summary>
    internal readonly struct ActiveCall(ModelInstruments instruments, ModelEntry model) : IDisposable
    {
        public void Dispose() => instruments._active.Add(-1, Label("provider", model.Provider), Label("model", model.Name));
    }
}

using System.Collections.Concurrent;
using System.Threading.RateLimiting;
using Consensus.LanguageModels.Catalog;
using Consensus.LanguageModels.Configuration;
using Consensus.LanguageModels.Providers;
using Consensus.LanguageModels.Resilience;
using Consensus.LanguageModels.Telemetry;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Polly;
using Polly.CircuitBreaker;

namespace Consensus.LanguageModels.Calling;

/// <summary>
/// Makes the clients of models. The container keeps each for the life of the process, and with it the model's breaker. From outside in: telemetry, resilience,
/// the provider's own library.
/// </summary>
internal sealed class ModelClients(
    ModelCatalog catalog, IOptions<LanguageModelSettings> settings, IHttpClientFactory http, ModelInstruments instruments, TimeProvider time, ILoggerFactory loggers)
    : IDisposable
{
    private readonly ConcurrentDictionary<string, Lazy<RateLimiter>> _places = new(StringComparer.Ordinal);
    private readonly ILogger _logger = loggers.CreateLogger("Consensus.LanguageModels");

    /// <exception cref="KeyNotFoundException">The catalog has no such model.</exception>
    public IChatClient Create(string id) => Create(catalog.Find(id) ?? throw new KeyNotFoundException($"The catalog has no model '{id}'."));

    public void Dispose()
    {
        foreach (var places in _places.Values)
            places.Value.Dispose();
    }

    /// <summary>The client that embeds by a model, decorated likewise. It takes its places among the provider's concurrent calls.</summary>
    public IEmbeddingGenerator<string, Embedding<float>> CreateEmbedder(ModelEntry model, ProviderSettings provider)
    {
        var (pipeline, watch) = Pipeline(model, provider);
        var bare = EmbeddingClients.Create(provider, model.Name, http.CreateClient(LanguageModelServices.HttpClientName));
        var resilient = new ResilientEmbedder(bare, new ResilientCall(provider, pipeline, watch, time));
        return new TelemetryEmbedder(resilient, Telemetry("embeddings", model, provider));
    }

    private TelemetryChatClient Create(ModelEntry model)
    {
        var provider = settings.Value.Providers.First(p => p.Name == model.Provider);
        var (pipeline, watch) = Pipeline(model, provider);
        var bare = ProviderClients.Create(provider, model.Name, http.CreateClient(LanguageModelServices.HttpClientName));
        var resilient = new ResilientChatClient(bare, provider, pipeline, watch, time);
        return new TelemetryChatClient(resilient, Telemetry("chat", model, provider), settings.Value.CaptureContent);
    }

    private (ResiliencePipeline Pipeline, PipelineWatch Watch) Pipeline(ModelEntry model, ProviderSettings provider)
    {
        var places = _places.GetOrAdd(provider.Name, _ => new Lazy<RateLimiter>(() => WatchedPlaces(provider))).Value;
        var state = new CircuitBreakerStateProvider();
        var watch = new PipelineWatch(model, instruments, _logger);
        var pipeline = ModelPipeline.Build(provider, places, state, watch, time, Random.Shared.NextDouble);
        instruments.Watch(model, state);
        return (pipeline, watch);
    }

    private CallTelemetry Telemetry(string operation, ModelEntry model, ProviderSettings provider) =>
        new(operation, model, new CalledServer(ProviderFlavor.Of(provider.Kind, provider.Endpoint, provider.Name), provider.Endpoint), instruments, time);

    private ConcurrencyLimiter WatchedPlaces(ProviderSettings provider)
    {
        var places = Places(provider);
        instruments.Standing.Watch(provider.Name, places, provider.MaxConcurrency);
        return places;
    }

    /// <summary>Calls beyond the limit queue in order; each waits no longer than its own deadline.</summary>
    private static ConcurrencyLimiter Places(ProviderSettings provider) => new(new ConcurrencyLimiterOptions
    {
        PermitLimit = provider.MaxConcurrency,
        QueueLimit = int.MaxValue,
        QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
    });
}

using Consensus.LanguageModels.Calling;
using Consensus.LanguageModels.Catalog;
using Consensus.LanguageModels.Configuration;
using Consensus.LanguageModels.Telemetry;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Consensus.LanguageModels.Caching;

/// <summary>Adds the answer cache to a host that has the language models.</summary>
public static class AnswerCacheServices
{
    /// <summary>Adds <see cref="AnswerCache"/>; who asks through it has answers kept, who asks <see cref="ModelCaller"/> has not.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="settings">How long, and how much.</param>
    /// <param name="vault">Names and seals what leaves the process.</param>
    /// <param name="outside">The store outside of the process; <c>null</c> without one. It must fail no call, and be quick.</param>
    public static IServiceCollection AddAnswerCache(
        this IServiceCollection services, AnswerCacheSettings settings, AnswerVault vault, Func<IServiceProvider, IDistributedCache?> outside) =>
        services.AddSingleton(provider =>
        {
            var caller = provider.GetRequiredService<ModelCaller>();
            var catalog = provider.GetRequiredService<ModelCatalog>();
            var endpoints = provider.GetRequiredService<IOptions<LanguageModelSettings>>().Value.Providers.ToDictionary(p => p.Name, p => p.Endpoint, StringComparer.Ordinal);
            return new AnswerCache(
                caller.AskAsync,
                // Without an endpoint it is a client of a test's own; without a temperature and a seed an answer is one draw of many. Nothing of either is kept.
                id => catalog.Find(id) is { } model && ProviderKind.TakesSampling(model.ProviderKind) && endpoints.TryGetValue(model.Provider, out var endpoint)
                    ? (model, endpoint)
                    : null,
                settings,
                vault,
                new AnswerLevels(settings, vault, outside(provider), provider.GetRequiredService<ILoggerFactory>()),
                provider.GetRequiredService<ModelInstruments>(),
                provider.GetRequiredService<TimeProvider>());
        });
}

using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Caching.Hybrid;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Consensus.LanguageModels.Caching;

/// <summary>Where answers are kept: in this process, bounded, and if there is one in a store outside, sealed.</summary>
internal sealed class AnswerLevels : IDisposable
{
    /// <summary>No answer that a model can give is larger; see <see cref="Contracts.Limits.MaxOutputTokens"/>.</summary>
    private const int MostBytes = 4 * 1024 * 1024;

    // Services of its own: the bound on memory would be one on every other cache of the host too.
    private readonly ServiceProvider _services;

    /// <param name="settings">How long, and how much.</param>
    /// <param name="vault">Seals what leaves the process.</param>
    /// <param name="outside">The store outside; <c>null</c> without one. It fails no call: what it cannot give is not there.</param>
    /// <param name="loggers">Where the cache's own troubles go.</param>
    public AnswerLevels(AnswerCacheSettings settings, AnswerVault vault, IDistributedCache? outside, ILoggerFactory loggers)
    {
        var services = new ServiceCollection().AddSingleton(loggers).AddLogging().AddMemoryCache(options => options.SizeLimit = settings.MemoryBytes);
        if (outside is not null)
            services.AddSingleton<IDistributedCache>(new SealedCache(outside, vault));
        services.AddHybridCache(options => options.MaximumPayloadBytes = MostBytes);
        _services = services.BuildServiceProvider();
        Cache = _services.GetRequiredService<HybridCache>();
        Entry = new HybridCacheEntryOptions
        {
            Expiration = settings.Ttl,
            LocalCacheExpiration = settings.Ttl,
            Flags = outside is null ? HybridCacheEntryFlags.DisableDistributedCache : HybridCacheEntryFlags.None,
        };
    }

    public HybridCache Cache { get; }

    public HybridCacheEntryOptions Entry { get; }

    public void Dispose() => _services.Dispose();
}

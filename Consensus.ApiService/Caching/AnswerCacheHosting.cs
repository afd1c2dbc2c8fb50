using System.Security.Cryptography;
using Consensus.ApiService.Hosting;
using Consensus.LanguageModels.Caching;
using Consensus.Storage;
using Consensus.Storage.Runs;

namespace Consensus.ApiService.Caching;

/// <summary>Registers the cache of answers, where it is switched on. Needs the language models.</summary>
internal static class AnswerCacheHosting
{
    /// <param name="builder">The service.</param>
    /// <param name="hasRedis">Whether a Redis is configured.</param>
    /// <exception cref="StartRefusedException">The section <c>Cache</c> is wrong, or the secret can neither be read nor made; the message says why.</exception>
    public static void AddAnswerCache(this WebApplicationBuilder builder, bool hasRedis)
    {
        var settings = CacheSettings.Read(builder.Configuration);
        if (!settings.Enabled)
        {
            return;
        }

        // Where no content is to be stored, none goes to Redis either, sealed or not.
        var keepsContent = !string.Equals(builder.Configuration["RunLog:Content"], nameof(RunContent.None), StringComparison.OrdinalIgnoreCase);
        var outside = hasRedis && settings.Redis && keepsContent;
        builder.Services.AddAnswerCache(
            new AnswerCacheSettings(settings.Ttl, settings.MemoryMegabytes * 1_000_000L, settings.Shared),
            new AnswerVault(Secret(builder, settings, outside)),
            services => outside ? services.GetRequiredService<RedisAnswers>() : null);
        if (outside)
        {
            builder.Services.AddSingleton(services => new RedisAnswers(services, settings.RedisTimeout, services.GetRequiredService<TimeProvider>()));
        }

        builder.Services.AddHostedService(services => new AnswerCacheNotice(
            settings, services.GetService<RedisAnswers>(), services.GetRequiredService<ILogger<AnswerCacheNotice>>()));
    }

    private static byte[] Secret(WebApplicationBuilder builder, CacheSettings settings, bool outside)
    {
        try
        {
            return settings.Key
                ?? (outside
                    ? CacheKeyFile.ReadOrMake(StorageFolder.Of(builder.Configuration, builder.Environment.ContentRootPath))
                    : RandomNumberGenerator.GetBytes(AnswerVault.LeastSecretBytes));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new StartRefusedException($"The key that seals cached answers cannot be had: {fault.Message} Set {CacheSettings.Section}:Key, or {CacheSettings.Section}:Redis to false.");
        }
    }
}

/// <summary>Says at start that answers are kept, and connects the second level before it is needed.</summary>
internal sealed partial class AnswerCacheNotice(CacheSettings settings, RedisAnswers? redis, ILogger<AnswerCacheNotice> logger) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        redis?.Begin();
        LogOn(settings.Ttl, redis is null ? "in memory only" : "in memory and, sealed, in Redis", settings.Shared ? "all keys share them" : "each key has its own");
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(LogLevel.Information, "Answers of models to calls with temperature 0 or a seed are kept for {Ttl}, {Levels}; {Owners} (Cache:Enabled)")]
    private partial void LogOn(TimeSpan ttl, string levels, string owners);
}

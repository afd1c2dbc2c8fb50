using Aspire.StackExchange.Redis;
using Consensus.ServiceDefaults.Redis;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace Microsoft.Extensions.Hosting;

/// <summary>The Redis client for builds without the Aspire component, under the component's own name and signature.</summary>
public static class RedisClientExtensions
{
    /// <summary>Adds a shared <see cref="IConnectionMultiplexer"/> that connects on first use and keeps trying when Redis is away.</summary>
    /// <param name="builder">The application's builder.</param>
    /// <param name="connectionName">The name below <c>ConnectionStrings</c>.</param>
    /// <param name="configureSettings">Changes the settings.</param>
    /// <param name="configureOptions">Changes the options that were parsed from the connection string.</param>
    /// <exception cref="InvalidOperationException">Thrown on first use when there is no connection string.</exception>
    public static void AddRedisClient(
        this IHostApplicationBuilder builder,
        string connectionName,
        Action<StackExchangeRedisSettings>? configureSettings = null,
        Action<ConfigurationOptions>? configureOptions = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(connectionName);
        var settings = new StackExchangeRedisSettings { ConnectionString = builder.Configuration.GetConnectionString(connectionName) };
        configureSettings?.Invoke(settings);

        builder.Services.AddSingleton<IConnectionMultiplexer>(services =>
        {
            var options = ConfigurationOptions.Parse(settings.ConnectionString
                ?? throw new InvalidOperationException($"ConnectionStrings:{connectionName} is not configured."));
            options.AbortOnConnectFail = false;
            // The first connect blocks its caller; further attempts go on in the background.
            options.ConnectRetry = 1;
            configureOptions?.Invoke(options);
            var redis = ConnectionMultiplexer.Connect(options);
            RedisConnectionLog.Attach(redis, services.GetRequiredService<ILoggerFactory>());
            services.GetService<RedisTracing>()?.Attach(redis);
            return redis;
        });

        if (!settings.DisableTracing)
        {
            builder.Services.TryAddSingleton(TimeProvider.System);
            builder.Services.AddSingleton<RedisTracing>();
            builder.Services.AddHostedService(services => services.GetRequiredService<RedisTracing>());
        }

        if (!settings.DisableHealthChecks)
        {
            builder.Services.AddRedisHealthCheck(connectionName);
        }
    }
}

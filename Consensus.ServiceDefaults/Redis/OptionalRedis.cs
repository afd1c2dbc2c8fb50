using System.Diagnostics.Metrics;
using Consensus.ServiceDefaults.Redis;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using OpenTelemetry.Metrics;

namespace Microsoft.Extensions.Hosting;

/// <summary>Redis as a dependency that a service can do without.</summary>
public static class OptionalRedis
{
    /// <summary>Adds the Redis client of a connection string. Without one only a degraded health check is added, so that
    /// <c>GetService&lt;IConnectionMultiplexer&gt;()</c> gives null and <c>/ready</c> says what is missing.</summary>
    /// <param name="builder">The application's builder.</param>
    /// <param name="connectionName">The name below <c>ConnectionStrings</c>, also the name of the health check.</param>
    /// <returns>Whether a connection string is configured.</returns>
    public static bool AddOptionalRedis(this IHostApplicationBuilder builder, string connectionName)
    {
        if (string.IsNullOrWhiteSpace(builder.Configuration.GetConnectionString(connectionName)))
        {
            builder.Services.AddHealthChecks().AddCheck(
                connectionName,
                () => HealthCheckResult.Degraded($"ConnectionStrings:{connectionName} is not configured"),
                [HealthTags.Ready]);
            return false;
        }

        builder.AddRedisClient(
            connectionName,
            settings => settings.DisableHealthChecks = true,
            options => options.AbortOnConnectFail = false);
        builder.Services.AddRedisHealthCheck(connectionName);
        builder.Services.AddSingleton<RedisMetrics>();
        builder.Services.ConfigureOpenTelemetryMeterProvider((services, _) => services.GetRequiredService<RedisMetrics>().Begin(services.GetRequiredService<IMeterFactory>()));
        return true;
    }
}

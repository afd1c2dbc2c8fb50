using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using StackExchange.Redis;

namespace Consensus.ServiceDefaults.Redis;

/// <summary>Asks Redis for a sign of life. Its absence degrades a service and never stops it.</summary>
internal sealed class RedisHealthCheck(IServiceProvider services) : IHealthCheck
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(2);

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            // The first use connects, which can block until the connection times out.
            var redis = await Task.Run(services.GetRequiredService<IConnectionMultiplexer>, cancellationToken).WaitAsync(s_patience, cancellationToken);
            if (!redis.IsConnected)
            {
                return HealthCheckResult.Degraded("not connected");
            }

            await redis.GetDatabase().PingAsync().WaitAsync(s_patience, cancellationToken);
            return HealthCheckResult.Healthy();
        }
        catch (Exception error) when (error is RedisException or TimeoutException or OperationCanceledException)
        {
            return HealthCheckResult.Degraded(error is RedisException ? "no answer" : "no answer in time", error);
        }
    }
}

internal static class RedisHealthCheckRegistration
{
    public static void AddRedisHealthCheck(this IServiceCollection services, string connectionName) =>
        services.AddHealthChecks().Add(new HealthCheckRegistration(
            connectionName,
            provider => new RedisHealthCheck(provider),
            failureStatus: HealthStatus.Degraded,
            [HealthTags.Ready]));
}

using Consensus.Storage.Audit;
using Consensus.Storage.Runs;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace Consensus.ApiService.Runs.Live.Elsewhere;

/// <summary>Registers what makes several processes one, where they share a run log and a Redis.</summary>
internal static class ElsewhereServices
{
    /// <param name="builder">The service.</param>
    /// <param name="hasRedis">Whether a Redis is configured.</param>
    public static void AddRunsElsewhere(this WebApplicationBuilder builder, bool hasRedis)
    {
        builder.Services.AddHostedService<SharedLog>();
        if (!hasRedis || RunLogRegistration.ServerOf(builder.Configuration) is null || !builder.Configuration.GetValue("RunLog:Enabled", defaultValue: true))
        {
            return;
        }

        builder.Services.AddSingleton(services => new EventSeal(Convert.FromBase64String(services.GetRequiredService<IOptions<AuditOptions>>().Value.Key!)));
        builder.Services.AddSingleton<Func<IConnectionMultiplexer>>(static services => services.GetRequiredService<IConnectionMultiplexer>);
        builder.Services.AddSingleton<RunEcho>();
        builder.Services.AddSingleton<RunsElsewhere>();
        builder.Services.AddHostedService<CancelListener>();
    }
}

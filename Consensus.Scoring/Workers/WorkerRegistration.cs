using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Consensus.Scoring.Workers;

/// <summary>Wires the worker to Redis.</summary>
internal static class WorkerRegistration
{
    public static void AddWorkerPresence(this IHostApplicationBuilder builder)
    {
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddOptions<WorkerOptions>().BindConfiguration(WorkerOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        if (builder.AddOptionalRedis("redis"))
        {
            builder.Services.AddHostedService<WorkerPresence>();
        }
    }
}

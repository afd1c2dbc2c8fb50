using Consensus.Scoring.Judging;
using Consensus.Scoring.Queue;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Consensus.Scoring.Workers;

/// <summary>Wires the worker to Redis and the API.</summary>
internal static class WorkerRegistration
{
    /// <summary>Adds the worker; without Redis it is alive and degraded, and judges nothing. Needs <see cref="JudgeRun"/> and the client of the API.</summary>
    public static void AddWorker(this IHostApplicationBuilder builder)
    {
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddOptions<WorkerOptions>().BindConfiguration(WorkerOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        if (!builder.AddOptionalRedis("redis"))
        {
            return;
        }

        builder.Services.AddSingleton<JobQueue>();
        builder.Services.AddSingleton<ConfigCache>();
        builder.Services.AddSingleton<ApiPatience>();
        builder.Services.AddSingleton<JobRunner>();
        // Stopped in reverse: first the jobs end or are given back, then the worker leaves.
        builder.Services.AddHostedService<WorkerPresence>();
        builder.Services.AddHostedService<JobPump>();
    }
}

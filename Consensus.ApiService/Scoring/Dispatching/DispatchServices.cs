using Consensus.ApiService.Runs;

namespace Consensus.ApiService.Scoring.Dispatching;

/// <summary>Registers what sends judge jobs. Without Redis there is only the signal, which nobody hears.</summary>
internal static class DispatchServices
{
    /// <param name="builder">The service.</param>
    /// <param name="hasRedis">Whether a Redis is configured.</param>
    public static void AddDispatching(this WebApplicationBuilder builder, bool hasRedis)
    {
        builder.Services.AddSingleton<DispatchSignal>();
        builder.Services.AddOptions<DispatchOptions>().BindConfiguration(DispatchOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        if (hasRedis && builder.Configuration.GetValue("RunLog:Enabled", defaultValue: true))
        {
            builder.Services.AddSingleton<JudgeSender>();
            builder.Services.AddSingleton(provider => ActivatorUtilities.CreateInstance<Outbox>(provider, RunConducting.Instance(builder.Configuration)));
            builder.Services.AddHostedService<Dispatcher>();
        }
    }
}

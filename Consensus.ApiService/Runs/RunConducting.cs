using Consensus.ApiService.FanOut;
using Consensus.ApiService.Provenance;
using Consensus.ApiService.Replays;
using Consensus.ApiService.Runs.Live;
using Consensus.ApiService.Runs.Starting;
using Consensus.ApiService.Scoring.Dispatching;
using Consensus.ApiService.Steps;
using Consensus.LanguageModels.Caching;
using Consensus.LanguageModels.Calling;
using Consensus.LanguageModels.Catalog;
using Consensus.Storage.Runs;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Consensus.ApiService.Runs;

/// <summary>Registers what conducts runs. Needs <see cref="ModelCaller"/> and <see cref="RunLog"/>.</summary>
internal static class RunConducting
{
    /// <summary>
    /// The name under which this process stores its runs: on start, one of the same name marks what it left unfinished. Of several that share a log each has one of
    /// its own, and the others mark what it left.
    /// </summary>
    public static string Instance(IConfiguration configuration) => configuration["RunLog:Instance"]
        ?? (RunLogRegistration.ServerOf(configuration) is null ? Environment.MachineName : $"{Environment.MachineName}-{Environment.ProcessId}-{OfThisProcess}");

    /// <summary>Containers of one image may share the name of their machine and the number of their process.</summary>
    private static readonly string OfThisProcess = Guid.CreateVersion7().ToString("N")[^8..];

    public static IServiceCollection AddRunConducting(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(provider =>
        {
            var caller = provider.GetRequiredService<ModelCaller>();
            return new PanelFanOut(
                provider.GetService<AnswerCache>() is { } cache ? cache.AskAsync : caller.AskAsync, caller.WorstCaseCost, provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<PanelFanOut>>());
        });
        services.AddSingleton(provider => new RunRecorder(
            provider.GetRequiredService<RunLog>().SaveAsync,
            provider.GetRequiredService<IOptions<RunLogOptions>>().Value,
            Instance(provider.GetRequiredService<IConfiguration>()),
            provider.GetRequiredService<ILogger<RunRecorder>>(),
            provider.GetRequiredService<DispatchSignal>().Ring));
        services.AddSingleton(static provider => new Lineages(provider.GetRequiredService<RunLog>().HashRequest));
        services.AddSingleton<ProvenanceReading>();
        services.AddSingleton<ParentRuns>();
        services.AddSingleton<RunReplay>();
        services.AddSingleton<RunConductor>();
        services.AddSingleton<AggregateConductor>();
        services.AddSingleton<LiveRuns>();
        services.AddSingleton<InFlightLocks>();
        services.AddSingleton<RunClaims>();
        services.AddSingleton<RunStarter>();
        services.AddActivatedSingleton(provider =>
            StepSettings.Read(provider.GetRequiredService<IConfiguration>(), provider.GetRequiredService<ModelCatalog>()));
        return services;
    }
}

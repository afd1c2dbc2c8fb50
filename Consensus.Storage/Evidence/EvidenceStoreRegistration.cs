using Consensus.Storage.Evidence.Postgres;
using Consensus.Storage.Runs;
using Consensus.Storage.Telemetry;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Consensus.Storage.Evidence;

/// <summary>Registers the evidence store.</summary>
public static class EvidenceStoreRegistration
{
    /// <summary>The file's name in the storage folder.</summary>
    public const string FileName = "evidence.db";

    /// <summary>
    /// Adds <see cref="EvidenceStore"/> by the sections <c>Evidence</c> (<see cref="EvidenceOptions"/>) and <c>Storage:Folder</c>, or by
    /// <c>ConnectionStrings:runs</c>, the PostgreSQL database of the run log. The host opens it at start; one that cannot be opened is logged and tried again at
    /// each use.
    /// </summary>
    public static IServiceCollection AddEvidenceStore(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<EvidenceOptions>().Bind(configuration.GetSection("Evidence"));
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(provider =>
        {
            var options = provider.GetRequiredService<IOptions<EvidenceOptions>>().Value;
            var time = provider.GetRequiredService<TimeProvider>();
            var logger = provider.GetRequiredService<ILogger<EvidenceStore>>();
            if (RunLogRegistration.ServerOf(configuration) is { } server)
            {
                return new EvidenceStore(new EvidenceServer(server, logger), options, time);
            }

            var folder = StorageFolder.Of(configuration, provider.GetRequiredService<IHostEnvironment>().ContentRootPath);
            return new EvidenceStore(Path.Combine(folder, FileName), options, time, logger);
        });
        services.AddHostedService<EvidenceOpening>();
        return services;
    }
}

/// <summary>Opens the evidence store when the host starts. One that cannot be opened does not keep the service from starting: its readiness says so.</summary>
internal sealed class EvidenceOpening(EvidenceStore store) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (store.IsEnabled)
        {
            EvidenceMetrics.Watch(store);
        }

        try
        {
            await store.OpenAsync(cancellationToken);
        }
        catch (EvidenceUnavailableException)
        {
            // Logged where it failed.
        }
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        EvidenceMetrics.Leave(store);
        return Task.CompletedTask;
    }
}

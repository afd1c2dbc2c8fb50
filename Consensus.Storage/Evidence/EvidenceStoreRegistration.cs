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
public static partial class EvidenceStoreRegistration
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
            var path = Path.Combine(StorageFolder.Of(configuration, provider.GetRequiredService<IHostEnvironment>().ContentRootPath), FileName);
            if (RunLogRegistration.ServerOf(configuration) is not { } server)
            {
                return new EvidenceStore(path, options, time, logger);
            }

            if (options.Enabled && File.Exists(path))
            {
                LogNotUsed(logger, path);
            }

            return new EvidenceStore(new EvidenceServer(server, logger), options, time);
        });
        services.AddHostedService<EvidenceOpening>();
        return services;
    }

    [LoggerMessage(LogLevel.Warning, "The evidence store is in the database of ConnectionStrings:runs; what lies in {Path} is not looked at")]
    private static partial void LogNotUsed(ILogger logger, string path);
}

/// <summary>Opens the evidence store when the host starts. One that cannot be opened does not keep the service from starting: its readiness says so.</summary>
internal sealed class EvidenceOpening(EvidenceStore store) : IHostedService, IDisposable
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
        Dispose();
        return Task.CompletedTask;
    }

    /// <summary>A host whose start failed is not stopped, but disposed of all the same.</summary>
    public void Dispose() => EvidenceMetrics.Leave(store);
}

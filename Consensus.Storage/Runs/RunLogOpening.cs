using Consensus.Storage.Telemetry;
using Microsoft.Extensions.Hosting;

namespace Consensus.Storage.Runs;

/// <summary>Opens the run log when the host starts, so that the first request does not pay for the migrations.</summary>
internal sealed class RunLogOpening(RunLog log) : IHostedService, IDisposable
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (log.IsEnabled)
            StorageMetrics.Watch(log);
        try
        {
            await log.OpenAsync(cancellationToken);
        }
        catch (RunLogUnavailableException)
        {
            // The writer has logged it. The service starts all the same and says so in its readiness.
        }
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        Dispose();
        return Task.CompletedTask;
    }

    /// <summary>A host whose start failed is not stopped, but disposed of all the same.</summary>
    public void Dispose() => StorageMetrics.Leave(log);
}

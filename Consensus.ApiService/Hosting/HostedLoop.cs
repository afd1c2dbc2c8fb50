namespace Consensus.ApiService.Hosting;

/// <summary>
/// Work that goes on until the service stops. A stop is no failure of it, whenever it comes: what is cancelled before the host was itself told to stop, as
/// during a start that is broken off, it takes for a crash.
/// </summary>
internal abstract class HostedLoop : BackgroundService
{
    /// <summary>The work; it may end by the cancellation.</summary>
    protected abstract Task RunAsync(CancellationToken stoppingToken);

    protected sealed override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await RunAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Stopped between two turns, or within one that gave up.
        }
    }
}

using Consensus.Storage.Runs;
using Microsoft.Extensions.Hosting;

namespace Consensus.Storage.Audit;

/// <summary>Keeps a signed head of the audit trail now and then, so that its last entries do not wait for the next ones. The log keeps one itself when it is closed.</summary>
internal sealed class AuditHeadKeeping(RunLog log, TimeProvider time) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(log.KeepHeadsEvery, time);
        try
        {
            while (log.IsEnabled && await timer.WaitForNextTickAsync(stoppingToken))
                log.KeepAuditHead();
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // A stop is no failure, also before the host itself was told to stop.
        }
    }
}

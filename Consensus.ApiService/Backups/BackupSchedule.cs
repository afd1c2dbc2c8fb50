using Consensus.ApiService.Hosting;
using Consensus.ApiService.Telemetry;

namespace Consensus.ApiService.Backups;

/// <summary>Backs every store up now and then while the service runs. A failure is logged and tried again soon, after waits that grow.</summary>
internal sealed partial class BackupSchedule(BackupKeeper keeper, BackupSettings settings, TimeProvider time, ILogger<BackupSchedule> logger)
    : HostedLoop
{
    protected override async Task RunAsync(CancellationToken stoppingToken)
    {
        if (settings.Folder is null)
        {
            return;
        }

        for (var failures = 0; !stoppingToken.IsCancellationRequested;)
        {
            try
            {
                await BackUpAsync(stoppingToken);
                failures = 0;
            }
            catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
            {
                BackupMetrics.Failed();
                var wait = RetryWaits.After(++failures, settings.Every);
                LogFailed(fault, settings.Folder, wait);
                await Task.Delay(wait, time, stoppingToken);
            }
        }
    }

    /// <summary>Waits until one is due, which it may no longer be by then: it is asked again once no other can be made meanwhile.</summary>
    private async Task BackUpAsync(CancellationToken cancellationToken)
    {
        await Task.Delay(keeper.Due(), time, cancellationToken);
        using var turn = await keeper.BeginAsync(cancellationToken);
        if (keeper.Due() == TimeSpan.Zero)
        {
            await keeper.BackUpAsync(turn, keyId: null, cancellationToken);
        }
    }

    [LoggerMessage(LogLevel.Error, "No backup could be made in {Folder}; it is tried again in {Wait}")]
    private partial void LogFailed(Exception fault, string folder, TimeSpan wait);
}

using Consensus.ApiService.Hosting;
using Consensus.ApiService.Telemetry;
using Consensus.Storage.LongTerm.Exporting;
using Consensus.Storage.Runs;

namespace Consensus.ApiService.Exports;

/// <summary>
/// Exports the runs that ended since the last export, now and then while the service runs. A failure is logged and tried again soon, after waits that grow.
/// </summary>
internal sealed partial class ExportSchedule(RunLog log, ExportSettings settings, TimeProvider time, ILogger<ExportSchedule> logger) : HostedLoop
{
    private DateTimeOffset? _looked;

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
                await Task.Delay(await DueAsync(stoppingToken), time, stoppingToken);
                await ExportAsync(settings.Folder, stoppingToken);
                failures = 0;
            }
            catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
            {
                ExportMetrics.Failed();
                var wait = RetryWaits.After(++failures, settings.Every);
                LogFailed(fault, settings.Folder, wait);
                await Task.Delay(wait, time, stoppingToken);
            }
        }
    }

    /// <summary>How long until the next is due: counted from when it was last looked for runs, or before that from the last export.</summary>
    internal async Task<TimeSpan> DueAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var last = _looked ?? (await log.FindScheduledExportAsync(cancellationToken))?.At;
        // One of a clock that was set back since does not count.
        return last <= now && last + settings.Every > now ? last.Value + settings.Every - now : TimeSpan.Zero;
    }

    private async Task ExportAsync(string folder, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var order = new ScheduledExportOrder(folder, settings.Format, settings.Level, now - settings.Settle, settings.Keep);
        var manifest = await log.ExportEndedAsync(order, cancellationToken);
        _looked = now;
        ExportMetrics.Completed(manifest, now);
        if (manifest is not null)
        {
            LogMade(manifest.Ended!.Sequence, folder, manifest.Rows["runs"], manifest.Files.Sum(static file => file.Bytes));
        }
    }

    [LoggerMessage(LogLevel.Information, "Export {Sequence} in {Folder} is complete: {Runs} runs, {Bytes} bytes")]
    private partial void LogMade(long sequence, string folder, long runs, long bytes);

    [LoggerMessage(LogLevel.Error, "No export could be made in {Folder}; it is tried again in {Wait}")]
    private partial void LogFailed(Exception fault, string folder, TimeSpan wait);
}

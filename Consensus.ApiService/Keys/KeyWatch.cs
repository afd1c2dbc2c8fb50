using Consensus.ApiService.Hosting;
using Consensus.Storage.Runs;
using Microsoft.Extensions.Options;

namespace Consensus.ApiService.Keys;

/// <summary>Now and then reads the stored keys again and writes when they were used.</summary>
internal sealed partial class KeyWatch(
    KeyRegister register, KeyUse use, RunLog log, IOptions<KeyOptions> options, TimeProvider time, ILogger<KeyWatch> logger) : HostedLoop
{
    private bool _failing;

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await TryAsync(() => WriteUsesAsync(isEnd: true));
    }

    protected override async Task RunAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.KeyRefresh, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            await TryAsync(async () =>
            {
                await WriteUsesAsync(isEnd: false);
                await register.RefreshAsync(stoppingToken);
            });
        }
    }

    private async Task WriteUsesAsync(bool isEnd)
    {
        if (use.Due(isEnd) is { Count: > 0 } due)
        {
            await log.UseKeysAsync(due, CancellationToken.None);
            use.Written(due);
        }
    }

    private async Task TryAsync(Func<Task> act)
    {
        try
        {
            await act();
            _failing = false;
        }
        catch (RunLogUnavailableException fault)
        {
            if (!_failing)
            {
                LogFailing(fault.Message);
            }

            _failing = true;
        }
    }

    [LoggerMessage(LogLevel.Warning, "The stored keys cannot be read: those known before stay in force until they can. {Reason}")]
    private partial void LogFailing(string reason);
}

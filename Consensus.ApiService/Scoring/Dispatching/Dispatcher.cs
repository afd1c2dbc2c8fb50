using Consensus.ApiService.Hosting;
using Consensus.ApiService.Telemetry;
using Consensus.Storage.Runs;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace Consensus.ApiService.Scoring.Dispatching;

/// <summary>
/// Sends waiting jobs through Redis, oldest first and only as many as the queue may hold, and sends again what was lost: a job is on a list exactly as long as its
/// marker is there. While Redis or the run log is away jobs wait in the run log.
/// </summary>
internal sealed partial class Dispatcher(
    RunLog log, JudgeSender sender, Outbox outbox, DispatchSignal signal, IOptions<DispatchOptions> options, TimeProvider time,
    ILogger<Dispatcher> logger) : HostedLoop
{
    private readonly DispatchOptions _options = options.Value;
    private bool _away;

    protected override async Task RunAsync(CancellationToken stoppingToken)
    {
        // The host's start must not wait for Redis.
        await Task.Yield();
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await DrainAsync();
                await SendDueAsync(stoppingToken);
                Back();
            }
            catch (Exception away) when (away is RedisException or TimeoutException or RunLogUnavailableException)
            {
                Away(away);
            }
            catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
            {
                LogFault(fault);
            }

            await MeasureAsync(stoppingToken);
            // Once more with the token: a signal that was disposed of meanwhile, as when a start fails, would never end the wait.
            await signal.WaitAsync(_options.Poll, stoppingToken).WaitAsync(stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task DrainAsync()
    {
        var drained = await sender.DrainDeadAsync();
        if (drained > 0)
        {
            DispatchMetrics.Drained(drained);
            LogDrained(drained);
        }
    }

    private async Task SendDueAsync(CancellationToken cancellationToken)
    {
        var waiting = await sender.CountWaitingAsync();
        var sent = await outbox.SendDueAsync(_options.MaxQueued - waiting, cancellationToken);
        DispatchMetrics.Sent(sent, waiting + sent);
        if (sent > 0)
        {
            await sender.WakeAsync();
        }
    }

    private async Task MeasureAsync(CancellationToken cancellationToken)
    {
        try
        {
            DispatchMetrics.Stands(await log.CountJudgeJobsAsync(cancellationToken), time.GetUtcNow());
        }
        catch (Exception unknown) when (unknown is RunLogUnavailableException or OperationCanceledException)
        {
            // Readiness tells of a run log that cannot be read.
        }
    }

    private void Away(Exception why)
    {
        if (!_away)
        {
            LogAway(why.Message);
        }

        _away = true;
    }

    private void Back()
    {
        if (_away)
        {
            LogBack();
        }

        _away = false;
    }

    [LoggerMessage(LogLevel.Warning, "Judge jobs wait in the run log: {Explanation}")]
    private partial void LogAway(string explanation);

    [LoggerMessage(LogLevel.Information, "Judge jobs are sent again")]
    private partial void LogBack();

    [LoggerMessage(LogLevel.Warning, "{Count} judge jobs of workers that are gone wait again")]
    private partial void LogDrained(int count);

    [LoggerMessage(LogLevel.Error, "A round of sending judge jobs failed")]
    private partial void LogFault(Exception fault);
}

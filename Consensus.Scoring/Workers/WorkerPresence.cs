using Consensus.Scoring.Queue;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace Consensus.Scoring.Workers;

/// <summary>Keeps this worker in the set of workers and its heart-beat key alive; takes both away when it stops.</summary>
internal sealed partial class WorkerPresence(JobQueue queue, IOptions<WorkerOptions> options, TimeProvider time, ILogger<WorkerPresence> logger) : BackgroundService
{
    private readonly WorkerOptions _options = options.Value;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(_options.HeartBeat, time);
        bool? present = null;
        try
        {
            do
            {
                var beaten = await BeatAsync(stoppingToken);
                if (beaten != present)
                {
                    present = beaten;
                    if (beaten)
                    {
                        LogPresent(_options.Id);
                    }
                    else
                    {
                        LogAbsent(_options.Id);
                    }
                }
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            await LeaveAsync();
        }
    }

    private async Task<bool> BeatAsync(CancellationToken cancel)
    {
        try
        {
            return await queue.BeatAsync().WaitAsync(_options.Expiry, cancel);
        }
        catch (Exception error) when (error is RedisException or TimeoutException)
        {
            return false;
        }
    }

    private async Task LeaveAsync()
    {
        try
        {
            await queue.LeaveAsync().WaitAsync(TimeSpan.FromSeconds(2));
            LogLeft(_options.Id);
        }
        catch (Exception error) when (error is RedisException or TimeoutException or OperationCanceledException)
        {
            // The heart-beat key ends by itself.
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Worker {Id} is present in Redis")]
    private partial void LogPresent(string id);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Worker {Id} cannot reach Redis and keeps trying")]
    private partial void LogAbsent(string id);

    [LoggerMessage(Level = LogLevel.Information, Message = "Worker {Id} left")]
    private partial void LogLeft(string id);
}

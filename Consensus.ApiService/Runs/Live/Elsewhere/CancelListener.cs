using Consensus.ApiService.Hosting;
using StackExchange.Redis;

namespace Consensus.ApiService.Runs.Live.Elsewhere;

/// <summary>Stops runs of this process that another process was asked to stop; who may ask is checked there.</summary>
/// <param name="live">The runs of this process.</param>
/// <param name="redis">Connects, at the first use.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">Where trouble is told.</param>
internal sealed partial class CancelListener(LiveRuns live, Func<IConnectionMultiplexer> redis, TimeProvider time, ILogger<CancelListener> logger) : HostedLoop
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    protected override async Task RunAsync(CancellationToken stoppingToken)
    {
        await Task.Yield(); // The host's start must not wait for Redis.
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                var cancels = await redis().GetSubscriber().SubscribeAsync(RunChannels.Cancels);
                await foreach (var message in cancels.WithCancellation(stoppingToken))
                {
                    if (Guid.TryParseExact(message.Message.ToString(), "N", out var runId) && live.Find(runId) is { Ended.IsCompleted: false } run)
                    {
                        await run.CancelAsync();
                    }
                }
            }
            catch (Exception fault) when (RunChannels.IsTrouble(fault))
            {
                LogTrouble(fault.Message);
            }

            await Task.Delay(Pause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    [LoggerMessage(LogLevel.Warning, "Other processes cannot stop the runs of this one until Redis answers: {Reason}")]
    private partial void LogTrouble(string reason);
}

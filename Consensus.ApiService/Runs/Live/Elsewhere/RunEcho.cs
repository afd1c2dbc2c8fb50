using StackExchange.Redis;

namespace Consensus.ApiService.Runs.Live.Elsewhere;

/// <summary>Tells the events of the runs that this process conducts to the others. While Redis is away they wait here.</summary>
/// <param name="seal">Seals them.</param>
/// <param name="redis">Connects, at the first use.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">Where trouble is told.</param>
internal sealed partial class RunEcho(EventSeal seal, Func<IConnectionMultiplexer> redis, TimeProvider time, ILogger<RunEcho> logger)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>Begins to tell of a run; ends by itself with the run's events.</summary>
    public void Begin(Guid runId, RunEventLog events) => _ = TellAsync(runId, events);

    private async Task TellAsync(Guid runId, RunEventLog events)
    {
        await Task.Yield(); // The first use connects, which can block.
        var (told, giveUp) = (0, time.GetUtcNow() + RunChannels.Kept);
        while (true)
        {
            var frames = events.After(told, out var more);
            try
            {
                if (frames.Count > 0)
                {
                    await PushAsync(runId, frames);
                    told = frames[^1].Number;
                    giveUp = time.GetUtcNow() + RunChannels.Kept;
                }
            }
            catch (Exception fault) when (RunChannels.IsTrouble(fault))
            {
                // What was pushed although it seemed not to be is pushed twice: readers go by the numbers.
                LogTrouble(runId, fault.Message);
                if (time.GetUtcNow() > giveUp)
                {
                    return;
                }

                await Task.Delay(Pause, time);
                continue;
            }

            if (more is null)
            {
                return;
            }

            await more;
        }
    }

    private async Task PushAsync(Guid runId, IReadOnlyList<NumberedFrame> frames)
    {
        var database = redis().GetDatabase();
        var key = RunChannels.Events(runId);
        await database.ListRightPushAsync(key, [.. frames.Select(frame => (RedisValue)seal.Seal(runId, frame))]);
        await database.KeyExpireAsync(key, RunChannels.Kept);
        await database.PublishAsync(RunChannels.Ring(runId), RedisValue.EmptyString);
    }

    [LoggerMessage(LogLevel.Debug, "The events of run {RunId} wait for Redis: {Reason}")]
    private partial void LogTrouble(Guid runId, string reason);
}

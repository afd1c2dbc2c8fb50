using System.Text.Json;
using Consensus.ApiService.Http;
using Consensus.Contracts.Runs;
using Consensus.Storage.Runs;
using StackExchange.Redis;

namespace Consensus.ApiService.Runs.Live.Elsewhere;

/// <summary>Follows and stops runs, and says how far they are, that other processes on the same run log conduct.</summary>
/// <param name="seal">Opens their events.</param>
/// <param name="redis">Connects, at the first use.</param>
/// <param name="log">The shared log, which knows at last how a run ended.</param>
/// <param name="time">The clock.</param>
internal sealed class RunsElsewhere(EventSeal seal, Func<IConnectionMultiplexer> redis, RunLog log, TimeProvider time)
{
    /// <summary>How long a process has to stop a run that it conducts.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    /// <summary>Events are looked for when it rings, and so often in case the ring was lost.</summary>
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan Wait = TimeSpan.FromMilliseconds(100);

    /// <summary>How long a look-up waits for Redis.</summary>
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(1);

    /// <summary>How many events are read at a time from the end of the list: clusters follow every answer, so one of the last tells them.</summary>
    private const int Page = 16;

    /// <summary>The events of a run as they come, with the numbers that its own process gave them.</summary>
    /// <param name="runId">The run, which is going.</param>
    /// <param name="gone">Cancelled when the reader goes away.</param>
    public RunEventLog Follow(Guid runId, CancellationToken gone)
    {
        var events = new RunEventLog();
        _ = FollowAsync(runId, events, gone);
        return events;
    }

    /// <summary>How far a run is: the last clusters that were told of it; <c>null</c> before the first, and where Redis does not answer at once.</summary>
    public async Task<ClustersSoFar?> FindProgressAsync(Guid runId, CancellationToken cancellationToken)
    {
        try
        {
            var client = await Task.Run(redis, cancellationToken).WaitAsync(Soon, time, cancellationToken);
            return client.IsConnected ? await LastClustersAsync(client.GetDatabase(), runId).WaitAsync(Soon, time, cancellationToken) : null;
        }
        catch (Exception fault) when (RunChannels.IsTrouble(fault))
        {
            return null;
        }
    }

    /// <summary>Has a run stopped where it is conducted, and waits until it has ended; <c>null</c> where it goes on.</summary>
    public async Task<ConsensusResponse?> CancelAsync(Guid runId, CancellationToken cancellationToken)
    {
        try
        {
            var client = await Task.Run(redis, cancellationToken);
            if (await client.GetSubscriber().PublishAsync(RunChannels.Cancels, runId.ToString("N")) == 0)
            {
                return null;
            }
        }
        catch (Exception fault) when (RunChannels.IsTrouble(fault))
        {
            return null;
        }

        for (var until = time.GetUtcNow() + Patience; time.GetUtcNow() < until;)
        {
            var run = await log.FindAsync(runId, keyId: null, cancellationToken);
            if (run is not { Status: RunStatus.Accepted or RunStatus.Running })
            {
                return run;
            }

            await Task.Delay(Wait, time, cancellationToken);
        }

        return null;
    }

    private async Task<ClustersSoFar?> LastClustersAsync(IDatabase database, Guid runId)
    {
        // What is added meanwhile moves what was read further from the end: nothing is left out.
        for (long last = -1; await database.ListRangeAsync(RunChannels.Events(runId), last - Page + 1, last) is { Length: > 0 } values; last -= Page)
        {
            foreach (var value in values.Reverse())
            {
                if (seal.Open(runId, (byte[])value!) is { Frame: { Event: RunEventNames.Cluster, Data: var data } })
                {
                    return JsonSerializer.Deserialize(data.Span, WireJson.Default.ClustersSoFar);
                }
            }
        }

        return null;
    }

    private async Task FollowAsync(Guid runId, RunEventLog events, CancellationToken gone)
    {
        await Task.Yield();
        using var ring = new SemaphoreSlim(0);
        ChannelMessageQueue? rings = null;
        try
        {
            var (client, read, last) = (redis(), 0L, 0);
            rings = await SubscribeAsync(client, runId, ring);
            while (!gone.IsCancellationRequested)
            {
                // Asked before the list: whatever was told before the end was stored is in the list then.
                var ended = await EndedAsync(runId, gone);
                foreach (var value in await TakeAsync(client, runId, read))
                {
                    read++;
                    if (seal.Open(runId, (byte[])value!) is not { } frame || frame.Number <= last)
                    {
                        continue;
                    }

                    last = frame.Number;
                    events.Append(frame.Frame, frame.Number);
                    if (frame.Frame.Event == RunEventNames.Done)
                    {
                        events.End();
                        return;
                    }
                }

                if (ended is not null && !await ring.WaitAsync(Look, gone))
                {
                    // Its process died, or could not tell: the log has how it ended.
                    events.Append(RunFrames.EndOf(ended, IncludedParts.Candidates, RunLinks.Self(runId)));
                    events.Append(RunFrames.Done);
                    events.End();
                    return;
                }

                if (ended is null)
                {
                    await ring.WaitAsync(Look, gone);
                }
            }
        }
        catch (OperationCanceledException)
        {
            events.End();
        }
        finally
        {
            rings?.Unsubscribe(CommandFlags.FireAndForget);
        }
    }

    private static async Task<ChannelMessageQueue?> SubscribeAsync(IConnectionMultiplexer client, Guid runId, SemaphoreSlim ring)
    {
        try
        {
            var rings = await client.GetSubscriber().SubscribeAsync(RunChannels.Ring(runId));
            rings.OnMessage(_ =>
            {
                try
                {
                    ring.Release();
                }
                catch (ObjectDisposedException)
                {
                    // The reader has gone.
                }
            });
            return rings;
        }
        catch (Exception fault) when (RunChannels.IsTrouble(fault))
        {
            return null;
        }
    }

    private static async Task<RedisValue[]> TakeAsync(IConnectionMultiplexer client, Guid runId, long from)
    {
        try
        {
            return await client.GetDatabase().ListRangeAsync(RunChannels.Events(runId), from);
        }
        catch (Exception fault) when (RunChannels.IsTrouble(fault))
        {
            return [];
        }
    }

    private async Task<ConsensusResponse?> EndedAsync(Guid runId, CancellationToken cancellationToken)
    {
        try
        {
            return await log.FindAsync(runId, keyId: null, cancellationToken) is { Status: not (RunStatus.Accepted or RunStatus.Running) } run ? run : null;
        }
        catch (RunLogUnavailableException)
        {
            return null;
        }
    }
}

using System.Collections.Concurrent;
using Consensus.ApiService.Errors;
using Consensus.ApiService.Hosting;
using Consensus.ApiService.Runs.Live.Elsewhere;
using Consensus.ApiService.Telemetry;
using Consensus.Contracts.Errors;
using Consensus.Contracts.Runs;
using Consensus.Storage.Runs;

namespace Consensus.ApiService.Runs.Live;

/// <summary>
/// The panel runs that this process conducts. One that outlives its request goes on whoever leaves, holds the process while it drains, and its events can be read
/// again for a while after its end.
/// </summary>
internal sealed partial class LiveRuns(RunConductor conductor, RunRecorder recorder, Drain drain, TimeProvider time, ILogger<LiveRuns> logger, RunEcho? echo = null)
{
    /// <summary>How long the events of a run that outlived its request are kept after its end.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromMinutes(10);

    /// <summary>What the events of ended runs may take together, in bytes; the oldest go first.</summary>
    private const long KeptBytes = 67_108_864;

    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<Guid, LiveRun> going = new();
    private readonly Lock gate = new();
    private readonly LinkedList<(LiveRun Run, DateTimeOffset EndedAt)> ended = new();

    /// <summary>A run that is going, or that has ended and whose events are kept.</summary>
    public LiveRun? Find(Guid runId)
    {
        if (going.TryGetValue(runId, out var live))
        {
            return live;
        }

        lock (gate)
        {
            LetGo();
            return ended.FirstOrDefault(e => e.Run.RunId == runId).Run;
        }
    }

    /// <summary>Begins a run.</summary>
    /// <param name="plan">What to ask.</param>
    /// <param name="begun">The run as it stands.</param>
    /// <param name="manner">How it is conducted.</param>
    /// <param name="held">Given back when the run has ended.</param>
    /// <param name="watch">Sees it happen, in place of the events that are kept.</param>
    public LiveRun Begin(RunPlan plan, ConsensusResponse begun, RunManner manner, IAsyncDisposable? held = null, IRunWatcher? watch = null)
    {
        var run = new LiveRun(plan, begun, manner);
        going[run.RunId] = run;
        if (manner.Outlives && run.Events is { } events)
        {
            echo?.Begin(run.RunId, events);
        }

        _ = ConductAsync(run, plan, watch ?? (manner.IsWatched ? run : null), manner.Outlives ? drain.Hold() : null, held);
        return run;
    }

    private async Task ConductAsync(LiveRun run, RunPlan plan, IRunWatcher? watch, IDisposable? hold, IAsyncDisposable? held)
    {
        await Task.Yield(); // Whoever began it must have the run in hand before anything happens.
        using var outliving = run.Manner.Outlives ? LiveMetrics.OutlivingRun() : default(IDisposable);
        RunRecord? unstored = null;
        try
        {
            run.Succeed(await conductor.ConductAsync(plan, watch, run.Over, run.WhyOver));
        }
        catch (RunLogUnavailableException fault)
        {
            LogRunLog(fault, run.RunId);
            run.Fail(fault, new Problem(ErrorCatalog.RunLogUnavailable));
            unstored = run.Manner.Outlives ? (fault as RunNotStoredException)?.Record : null;
        }
        catch (Exception fault)
        {
            LogFault(run.RunId, FaultText.Of(fault));
            run.Fail(fault, new Problem(ErrorCatalog.InternalError));
        }
        finally
        {
            Keep(run);
            if (held is not null)
            {
                await held.DisposeAsync();
            }

            hold?.Dispose();
        }

        if (unstored is not null)
        {
            await SaveLaterAsync(unstored);
        }
    }

    /// <summary>The log has the run as <c>running</c>: it is told how the run ended as soon as it can be, while this process lives.</summary>
    private async Task SaveLaterAsync(RunRecord record)
    {
        for (var pause = TimeSpan.FromSeconds(1); ; pause = pause < LongestPause ? pause * 2 : LongestPause)
        {
            await Task.Delay(pause, time);
            try
            {
                await recorder.SaveAgainAsync(record, CancellationToken.None);
                LogSaved(record.Run.RunId);
                return;
            }
            catch (RunLogUnavailableException) when (!drain.IsDraining)
            {
                // The log itself says once that it fails.
            }
            catch (RunLogUnavailableException)
            {
                return;
            }
        }
    }

    private void Keep(LiveRun run)
    {
        lock (gate)
        {
            if (run.Manner.Outlives && run.Events is not null)
            {
                ended.AddLast((run, time.GetUtcNow()));
            }

            LetGo();
        }

        going.TryRemove(run.RunId, out _);
    }

    private void LetGo()
    {
        var bytes = ended.Sum(e => e.Run.Events!.Bytes);
        while (ended.First is { } oldest && (bytes > KeptBytes || time.GetUtcNow() - oldest.Value.EndedAt > Kept))
        {
            bytes -= oldest.Value.Run.Events!.Bytes;
            ended.RemoveFirst();
        }
    }

    [LoggerMessage(LogLevel.Error, "Run {RunId} failed: {Fault}")]
    private partial void LogFault(Guid runId, string fault);

    [LoggerMessage(LogLevel.Error, "Run {RunId} could not be stored")]
    private partial void LogRunLog(Exception fault, Guid runId);

    [LoggerMessage(LogLevel.Information, "Run {RunId} is stored after all")]
    private partial void LogSaved(Guid runId);
}

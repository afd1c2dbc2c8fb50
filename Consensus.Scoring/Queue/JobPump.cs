using System.Diagnostics;
using Consensus.Contracts.Scoring;
using Consensus.Scoring.Judging;
using Consensus.Scoring.Telemetry;
using Consensus.Scoring.Workers;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace Consensus.Scoring.Queue;

/// <summary>Takes jobs while there is a free place, runs each, and only then removes its message. On a stop it finishes what it has, or gives it back.</summary>
internal sealed partial class JobPump(JobQueue queue, JobRunner runner, IOptions<WorkerOptions> options, TimeProvider time, ILogger<JobPump> logger) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    private readonly WorkerOptions _options = options.Value;
    private readonly SemaphoreSlim _woken = new(0, 1);
    private readonly List<Task> _running = [];

    public override void Dispose()
    {
        base.Dispose();
        _woken.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var hurry = new CancellationTokenSource();
        using var places = new SemaphoreSlim(_options.Jobs);
        try
        {
            await UntilDoneAsync(StartAsync, stoppingToken);
            while (true)
            {
                await places.WaitAsync(stoppingToken);
                if (await TryTakeAsync() is { } message)
                {
                    _running.RemoveAll(static running => running.IsCompleted);
                    _running.Add(HoldPlaceAsync(message, places, hurry.Token));
                    continue;
                }

                places.Release();
                await _woken.WaitAsync(_options.Poll, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            await FinishAsync(hurry);
        }

        async Task StartAsync()
        {
            await queue.ListenAsync(Wake);
            var returned = await queue.ReturnAllAsync();
            if (returned > 0)
            {
                LogFound(returned);
            }
        }
    }

    private void Wake()
    {
        try
        {
            _woken.Release();
        }
        catch (Exception known) when (known is SemaphoreFullException or ObjectDisposedException)
        {
            // It is awake, or gone.
        }
    }

    private async Task<string?> TryTakeAsync()
    {
        try
        {
            return await queue.TakeAsync();
        }
        catch (Exception away) when (IsRedisAway(away))
        {
            // WorkerPresence says so in the log.
            return null;
        }
    }

    private async Task HoldPlaceAsync(string message, SemaphoreSlim places, CancellationToken hurry)
    {
        try
        {
            await RunAsync(message, hurry);
        }
        finally
        {
            places.Release();
        }
    }

    private async Task RunAsync(string message, CancellationToken hurry)
    {
        // Nothing of the loop's own: the job's trace is that of its run.
        await Task.Yield();
        if (JudgeMessage.Parse(message) is not { } job)
        {
            LogUnreadable();
            await RemoveAsync(message, hurry);
            return;
        }

        var parent = ActivityContext.TryParse(job.TraceParent, traceState: null, isRemote: true, out var context) ? context : default;
        using var span = ScoringTelemetry.Source.StartActivity(ScoringTelemetry.JobSpan, ActivityKind.Consumer, parent);
        span?.SetTag("consensus.job.id", job.JobId);
        var end = await EndOfAsync(job, hurry);
        span?.SetTag("consensus.job.end", ScoringMetrics.WordOf(end));
        ScoringMetrics.Ended(end);
        if (end == JobEnd.Returned)
        {
            await ReturnAsync(message);
        }
        else
        {
            await RemoveAsync(message, hurry);
        }
    }

    private async Task<JobEnd> EndOfAsync(JudgeMessage job, CancellationToken hurry)
    {
        try
        {
            return await runner.RunAsync(job, hurry);
        }
        catch (Exception fault)
        {
            // A fault of ours must not stop the worker: the message goes back, and its attempt has been counted.
            LogFault(job.JobId, fault.GetType().FullName!, new StackTrace(fault).ToString());
            return JobEnd.Returned;
        }
    }

    private Task RemoveAsync(string message, CancellationToken hurry) => UntilDoneAsync(() => queue.RemoveAsync(message), hurry);

    private async Task ReturnAsync(string message)
    {
        // What cannot be given back is drained from the worker's list once its heart-beat has ended.
        using var soon = new CancellationTokenSource(TimeSpan.FromSeconds(2), time);
        await UntilDoneAsync(() => queue.ReturnAsync(message), soon.Token);
    }

    /// <summary>Tries until Redis has taken it or the token is cancelled.</summary>
    private async Task UntilDoneAsync(Func<Task> work, CancellationToken until)
    {
        for (var pause = Pause; ; pause = pause + pause < LongestPause ? pause + pause : LongestPause)
        {
            try
            {
                await work();
                return;
            }
            catch (Exception away) when (IsRedisAway(away))
            {
                if (until.IsCancellationRequested)
                {
                    return;
                }

                await Task.Delay(pause, time, until).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    /// <summary>Lets the jobs finish for a while; then they hurry, which gives back what is not done.</summary>
    private async Task FinishAsync(CancellationTokenSource hurry)
    {
        var left = _running.Count(static running => !running.IsCompleted);
        if (left > 0)
        {
            LogFinishing(left);
        }

        hurry.CancelAfter(_options.Stop);
        await Task.WhenAll(_running);
    }

    private static bool IsRedisAway(Exception fault) => fault is RedisException or TimeoutException or OperationCanceledException;

    [LoggerMessage(LogLevel.Information, "{Count} jobs that an earlier process of this name had taken wait again")]
    private partial void LogFound(int count);

    [LoggerMessage(LogLevel.Information, "Stopping: {Count} jobs may still finish")]
    private partial void LogFinishing(int count);

    [LoggerMessage(LogLevel.Warning, "A message of the queue is not readable and was removed")]
    private partial void LogUnreadable();

    [LoggerMessage(LogLevel.Error, "Judging job {JobId} failed inside this worker with {ExceptionType} at {Stack}")]
    private partial void LogFault(Guid jobId, string exceptionType, string stack);
}

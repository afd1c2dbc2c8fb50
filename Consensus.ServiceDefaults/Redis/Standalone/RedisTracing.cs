using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.Extensions.Hosting;
using StackExchange.Redis;
using StackExchange.Redis.Profiling;

namespace Consensus.ServiceDefaults.Redis;

/// <summary>Makes a client span of each Redis command that ran inside a recorded trace. A span names the command, never a key or value.</summary>
internal sealed class RedisTracing(TimeProvider time) : BackgroundService
{
    public const string SourceName = "Consensus.Redis";

    private static readonly ActivitySource s_source = new(SourceName);
    private static readonly TimeSpan s_period = TimeSpan.FromSeconds(1);

    // Longer than a command may take: it may end after the span in which it was sent. One that is never told of is waited for no longer.
    private static readonly TimeSpan s_late = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<Activity, Session> _sessions = new();

    /// <summary>The spans whose commands are waited for.</summary>
    internal int Held => _sessions.Count;

    public void Attach(IConnectionMultiplexer redis) =>
        redis.RegisterProfiler(() => Activity.Current is { Recorded: true } parent ? _sessions.GetOrAdd(parent, static _ => new Session()).Begin() : null);

    public void Flush()
    {
        foreach (var (parent, session) in _sessions)
        {
            // Before what has ended is taken: what ends in between is taken the next time.
            var isStopped = parent.IsStopped;
            foreach (var command in session.Ended())
            {
                Record(parent.Context, command);
            }

            if (isStopped && (!session.IsGoing || time.GetElapsedTime(session.StoppedAt ??= time.GetTimestamp()) > s_late))
            {
                _sessions.TryRemove(parent, out _);
            }
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(s_period, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                Flush();
            }
        }
        catch (OperationCanceledException)
        {
            Flush();
        }
    }

    private static void Record(ActivityContext parent, IProfiledCommand command)
    {
        var started = new DateTimeOffset(command.CommandCreated, TimeSpan.Zero);
        using var span = s_source.StartActivity(command.Command, ActivityKind.Client, parent, tags: null, links: null, started);
        if (span is null)
        {
            return;
        }

        span.SetTag("db.system.name", "redis");
        span.SetTag("db.operation.name", command.Command);
        span.SetTag("db.namespace", command.Db.ToString());
        span.SetEndTime((started + command.ElapsedTime).UtcDateTime);
    }

    private sealed class Session
    {
        private readonly ProfilingSession _commands = new();
        private int _going;

        public long? StoppedAt { get; set; }

        /// <summary>Whether a command has begun whose end was not taken.</summary>
        public bool IsGoing => Volatile.Read(ref _going) > 0;

        /// <summary>Asked for once by each command.</summary>
        public ProfilingSession Begin()
        {
            Interlocked.Increment(ref _going);
            return _commands;
        }

        public IEnumerable<IProfiledCommand> Ended()
        {
            foreach (var command in _commands.FinishProfiling())
            {
                Interlocked.Decrement(ref _going);
                yield return command;
            }
        }
    }
}

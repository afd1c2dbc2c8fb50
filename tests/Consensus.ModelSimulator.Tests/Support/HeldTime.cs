using System.Threading.Channels;

namespace Consensus.ModelSimulator.Tests.Support;

/// <summary>A clock whose timers fire when the test says so, and only then: what waits cannot go on by itself, however slow or fast the machine is.</summary>
internal sealed class HeldTime : TimeProvider
{
    private readonly Channel<HeldTimer> timers = Channel.CreateUnbounded<HeldTimer>();
    private volatile bool running;

    /// <summary>Is called whenever somebody looks at the clock.</summary>
    public Action? Looked { get; set; }

    /// <summary>The timer that was set next.</summary>
    public async Task<HeldTimer> NextAsync() => await timers.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(TimeSpan.FromMinutes(2), TestContext.Current.CancellationToken);

    /// <summary>From now on every new timer fires at once.</summary>
    public void Run() => running = true;

    /// <summary>The timers that were set and not yet given out.</summary>
    public List<HeldTimer> Rest()
    {
        var rest = new List<HeldTimer>();
        while (timers.Reader.TryRead(out var timer))
        {
            rest.Add(timer);
        }

        return rest;
    }

    public override DateTimeOffset GetUtcNow()
    {
        Looked?.Invoke();
        return DateTimeOffset.UnixEpoch;
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new HeldTimer(() => callback(state), dueTime);
        timers.Writer.TryWrite(timer);
        if (running)
        {
            ThreadPool.QueueUserWorkItem(_ => timer.Fire());
        }

        return timer;
    }
}

internal sealed class HeldTimer(Action callback, TimeSpan due) : ITimer
{
    private volatile bool disposed;

    public TimeSpan Due { get; } = due;

    public void Fire()
    {
        if (!disposed)
        {
            callback();
        }
    }

    public bool Change(TimeSpan dueTime, TimeSpan period) => !disposed;

    public void Dispose() => disposed = true;

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }
}

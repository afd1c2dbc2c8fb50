using System.Collections.Concurrent;
using Consensus.Testing;
using Microsoft.Extensions.Time.Testing;

namespace Consensus.LanguageModels.Tests.Support;

/// <summary>A clock that stands still until told, and tells when somebody has begun to wait on it.</summary>
internal sealed class WatchedTime : FakeTimeProvider
{
    private readonly ConcurrentQueue<TimeSpan> _waits = new();

    /// <summary>How long each timer was set for, in order.</summary>
    public IReadOnlyCollection<TimeSpan> Waits => _waits;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        _waits.Enqueue(dueTime);
        return timer;
    }

    /// <summary>Returns once a timer of that length runs; advancing then is sure to count for it.</summary>
    public Task UntilWaitingForAsync(TimeSpan wait) => Eventually.HoldsAsync(() => _waits.Contains(wait), $"nobody waits for {wait}");
}

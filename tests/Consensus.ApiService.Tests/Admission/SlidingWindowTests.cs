using Consensus.ApiService.Admission;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace Consensus.ApiService.Tests.Admission;

public sealed class SlidingWindowTests
{
    [Fact]
    public void TheMinuteBeforeCountsByTheShareOfItThatIsLeft()
    {
        var window = new SlidingWindow(Previous: 80, Current: 20, Elapsed: 0.25);
        Assert.Equal(80, window.Estimate);
        Assert.Equal(20, window.Remaining(100));
        Assert.Equal(TimeSpan.FromSeconds(45), window.Reset);
        Assert.Equal((true, false), (window.IsWithin(80), window.IsWithin(79)));
    }

    [Fact]
    public void AWindowIsAMinuteOfTheClock()
    {
        var (number, elapsed) = SlidingWindow.At(new DateTimeOffset(2026, 1, 31, 12, 0, 45, TimeSpan.FromHours(1)));
        Assert.Equal(SlidingWindow.At(new DateTimeOffset(2026, 1, 31, 11, 0, 0, TimeSpan.Zero)).Number, number);
        Assert.Equal(0.75, elapsed);
    }

    /// <summary>Whoever waits as long as it is told is taken, and nobody waits two minutes.</summary>
    [Property]
    public Property WhoWaitsAsLongAsToldIsTaken() => Prop.ForAll(
        (from limit in Gen.Choose(1, 50)
         from previous in Gen.Choose(0, 50)
         from current in Gen.Choose(0, 50)
         from elapsed in Gen.Choose(0, 999)
         select (Limit: limit, Window: new SlidingWindow(Math.Min(previous, limit), Math.Min(current, limit), elapsed / 1000.0))).ToArbitrary(),
        given =>
        {
            var wait = given.Window.Wait(given.Limit);
            return wait >= TimeSpan.Zero && wait <= SlidingWindow.Length * 2 && After(given.Window, wait) + 1 <= given.Limit + 1e-6;
        });

    /// <summary>A wait is not longer than needed: a little before its end the request would be too many.</summary>
    [Property]
    public Property NobodyWaitsLongerThanNeeded() => Prop.ForAll(
        (from limit in Gen.Choose(2, 50)
         from previous in Gen.Choose(0, 50)
         from current in Gen.Choose(0, 50)
         from elapsed in Gen.Choose(0, 999)
         select (Limit: limit, Window: new SlidingWindow(Math.Min(previous, limit), Math.Min(current, limit), elapsed / 1000.0))).ToArbitrary(),
        given =>
        {
            var wait = given.Window.Wait(given.Limit);
            return wait == TimeSpan.Zero || After(given.Window, wait - TimeSpan.FromMilliseconds(50)) + 1 > given.Limit - 1e-6;
        });

    private static double After(SlidingWindow window, TimeSpan wait)
    {
        var at = window.Elapsed + (wait / SlidingWindow.Length);
        return at < 1 ? (window with { Elapsed = at }).Estimate : at < 2 ? new SlidingWindow(window.Current, 0, at - 1).Estimate : 0;
    }
}

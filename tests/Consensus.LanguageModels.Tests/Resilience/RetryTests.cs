using System.Net;
using Consensus.Contracts.Runs;
using Consensus.LanguageModels.Tests.Support;
using Consensus.Testing;

namespace Consensus.LanguageModels.Tests.Resilience;

public sealed class RetryTests
{
    private static readonly TimeSpan HalfMinute = TimeSpan.FromSeconds(30);

    private static HttpResponseMessage Limited(string? retryAfter = null, HttpStatusCode status = HttpStatusCode.TooManyRequests) =>
        VerbatimHandler.Json(Bodies.Error("rate_limit_exceeded"), status, retryAfter);

    [Fact]
    public async Task RetryAfterInSecondsIsWaitedForExactly()
    {
        var time = new WatchedTime();
        var handler = VerbatimHandler.Answering(n => n == 1 ? Limited("30") : VerbatimHandler.Json(Bodies.OpenAi("ok")));
        await using var host = ModelHost.OpenAi(handler, time);

        var asking = host.AskAsync();
        await time.UntilWaitingForAsync(HalfMinute);
        time.Advance(HalfMinute - TimeSpan.FromMilliseconds(1));
        Assert.Single(handler.Requests);
        Assert.False(asking.IsCompleted);
        time.Advance(TimeSpan.FromMilliseconds(1));
        var reply = await asking;

        Assert.Equal(("ok", 2), (reply.Text, reply.Attempts));
        Assert.Equal(HalfMinute, reply.Latency);
    }

    [Fact]
    public async Task RetryAfterAsADateIsWaitedFor()
    {
        var time = new WatchedTime();
        time.SetUtcNow(new DateTimeOffset(2026, 1, 1, 12, 0, 0, TimeSpan.Zero));
        var handler = VerbatimHandler.Answering(n => n == 1 ? Limited("Thu, 01 Jan 2026 12:00:30 GMT") : VerbatimHandler.Json(Bodies.OpenAi("ok")));
        await using var host = ModelHost.OpenAi(handler, time);

        var asking = host.AskAsync();
        await time.UntilWaitingForAsync(HalfMinute);
        time.Advance(HalfMinute);

        Assert.Equal(2, (await asking).Attempts);
    }

    [Fact]
    public async Task RetryAfterInThePastIsNoWait()
    {
        var handler = VerbatimHandler.Answering(n => n == 1 ? Limited("Thu, 01 Jan 1998 12:00:30 GMT") : VerbatimHandler.Json(Bodies.OpenAi("ok")));
        await using var host = ModelHost.OpenAi(handler, new WatchedTime());

        Assert.Equal(2, (await host.AskAsync()).Attempts);
    }

    [Theory]
    [InlineData(HttpStatusCode.TooManyRequests, FailureReason.RateLimited)]
    [InlineData(HttpStatusCode.ServiceUnavailable, FailureReason.Unavailable)]
    public async Task WaitPastTheDeadlineFailsRightAway(HttpStatusCode status, FailureReason reason)
    {
        // The clock stands still: a call that waited at all would never end.
        var handler = VerbatimHandler.Answering(_ => Limited("30", status));
        await using var host = ModelHost.OpenAi(handler, new WatchedTime());

        var reply = await host.AskAsync(timeout: HalfMinute);

        Assert.Equal((reason, 1), (reply.Failure, reply.Attempts));
        Assert.Contains("30 s", reply.FailureMessage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WaitsGrowAndAreSpread()
    {
        var time = new WatchedTime();
        var handler = VerbatimHandler.Answering(_ => Limited());
        await using var host = ModelHost.OpenAi(handler, time, ("Providers:openai:Retry:DelayMs", "1000"), ("Providers:openai:Retry:MaxAttempts", "3"));

        var asking = host.AskAsync();
        // The first timer is the call's deadline.
        await Eventually.HoldsAsync(() => time.Waits.Count >= 2, "the first retry did not wait");
        var first = time.Waits.ElementAt(1);
        time.Advance(first);
        await Eventually.HoldsAsync(() => time.Waits.Count >= 3, "the second retry did not wait");
        var second = time.Waits.ElementAt(2);
        time.Advance(second);
        var reply = await asking;

        Assert.InRange(first, TimeSpan.FromMilliseconds(500), TimeSpan.FromMilliseconds(1500));
        Assert.InRange(second, TimeSpan.FromMilliseconds(1000), TimeSpan.FromMilliseconds(3000));
        Assert.Equal((FailureReason.RateLimited, 3), (reply.Failure, reply.Attempts));
        Assert.Equal(first + second, reply.Latency);
    }

    [Fact]
    public async Task OneAttemptMeansOne()
    {
        var handler = VerbatimHandler.Answering(_ => Limited());
        await using var host = ModelHost.OpenAi(handler, new WatchedTime(), ("Providers:openai:Retry:MaxAttempts", "1"));

        Assert.Equal(1, (await host.AskAsync()).Attempts);
    }

    [Fact]
    public async Task CancelledWhileWaitingForTheNextAttemptIsCancelled()
    {
        var time = new WatchedTime();
        var handler = VerbatimHandler.Answering(_ => Limited("30"));
        await using var host = ModelHost.OpenAi(handler, time);
        using var caller = new CancellationTokenSource();

        var asking = host.AskAsync(cancellationToken: caller.Token);
        await time.UntilWaitingForAsync(HalfMinute);
        await caller.CancelAsync();
        var reply = await asking;

        Assert.Equal((FailureReason.Cancelled, 1), (reply.Failure, reply.Attempts));
    }

    [Fact]
    public async Task TokenCancelledBeforehandAsksNobody()
    {
        var handler = VerbatimHandler.Answering(Bodies.OpenAi("ok"));
        await using var host = ModelHost.OpenAi(handler);

        var reply = await host.AskAsync(cancellationToken: new CancellationToken(canceled: true));

        Assert.Equal((FailureReason.Cancelled, 0), (reply.Failure, reply.Attempts));
        Assert.Equal(TimeSpan.Zero, reply.Latency);
        Assert.Empty(handler.Requests);
    }

    [Fact]
    public async Task NoTimeLeftAsksNobody()
    {
        var handler = VerbatimHandler.Answering(Bodies.OpenAi("ok"));
        await using var host = ModelHost.OpenAi(handler);

        var reply = await host.AskAsync(timeout: TimeSpan.Zero);

        Assert.Equal((FailureReason.Timeout, 0), (reply.Failure, reply.Attempts));
        Assert.Empty(handler.Requests);
    }
}

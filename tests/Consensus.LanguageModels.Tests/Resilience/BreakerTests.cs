using System.Net;
using Consensus.Contracts.Runs;
using Consensus.LanguageModels.Tests.Support;
using Consensus.Testing;

namespace Consensus.LanguageModels.Tests.Resilience;

public sealed class BreakerTests
{
    private static readonly (string, string?)[] Settings =
    [
        ("Providers:openai:Models:1:Name", "gpt-4o-mini"), ("Providers:openai:Retry:MaxAttempts", "1"),
        ("Providers:openai:Breaker:MinimumCalls", "4"), ("Providers:openai:Breaker:BreakMs", "20000"), ("Providers:openai:TimeoutMs", "30000"),
    ];

    private static VerbatimHandler Failing(HttpStatusCode status = HttpStatusCode.InternalServerError) =>
        VerbatimHandler.Answering(_ => VerbatimHandler.Json("{}", status));

    private static VerbatimHandler Hanging() => new()
    {
        Answer = async (_, cancelled) =>
        {
            await Task.Delay(Timeout.Infinite, cancelled);
            return VerbatimHandler.Json("{}");
        },
    };

    private static async Task AskTimesAsync(ModelHost host, int times, FailureReason expected)
    {
        for (var i = 0; i < times; i++)
            Assert.Equal(expected, (await host.AskAsync()).Failure);
    }

    [Fact]
    public async Task OpensAfterRepeatedFailuresAndAsksNobody()
    {
        var handler = Failing();
        await using var host = ModelHost.OpenAi(handler, new WatchedTime(), Settings);
        await AskTimesAsync(host, 4, FailureReason.Unavailable);

        var reply = await host.AskAsync();

        Assert.Equal((FailureReason.CircuitOpen, 0), (reply.Failure, reply.Attempts));
        Assert.Equal(4, handler.Requests.Count);
    }

    [Fact]
    public async Task AnotherModelOfTheProviderIsNotConcerned()
    {
        var handler = Failing();
        await using var host = ModelHost.OpenAi(handler, new WatchedTime(), Settings);
        await AskTimesAsync(host, 4, FailureReason.Unavailable);
        handler.Answer = (_, _) => Task.FromResult(VerbatimHandler.Json(Bodies.OpenAi("ok")));

        Assert.Equal("ok", (await host.AskAsync("openai/gpt-4o-mini")).Text);
    }

    [Fact]
    public async Task ClosesWhenTheProbeAfterTheBreakSucceeds()
    {
        var time = new WatchedTime();
        var handler = Failing();
        await using var host = ModelHost.OpenAi(handler, time, Settings);
        await AskTimesAsync(host, 4, FailureReason.Unavailable);
        handler.Answer = (_, _) => Task.FromResult(VerbatimHandler.Json(Bodies.OpenAi("ok")));

        time.Advance(TimeSpan.FromMilliseconds(19_999));
        await AskTimesAsync(host, 1, FailureReason.CircuitOpen);
        time.Advance(TimeSpan.FromMilliseconds(2));

        Assert.Equal("ok", (await host.AskAsync()).Text);
        Assert.Equal("ok", (await host.AskAsync()).Text);
    }

    [Fact]
    public async Task StaysOpenWhenTheProbeFails()
    {
        var time = new WatchedTime();
        await using var host = ModelHost.OpenAi(Failing(), time, Settings);
        await AskTimesAsync(host, 4, FailureReason.Unavailable);
        time.Advance(TimeSpan.FromSeconds(21));

        await AskTimesAsync(host, 1, FailureReason.Unavailable);
        await AskTimesAsync(host, 1, FailureReason.CircuitOpen);
    }

    [Fact]
    public async Task ProbeThatWasCancelledDoesNotCloseIt()
    {
        var time = new WatchedTime();
        var handler = Failing();
        await using var host = ModelHost.OpenAi(handler, time, Settings);
        await AskTimesAsync(host, 4, FailureReason.Unavailable);
        time.Advance(TimeSpan.FromSeconds(21));
        handler.Answer = async (_, cancelled) =>
        {
            await Task.Delay(Timeout.Infinite, cancelled);
            return VerbatimHandler.Json("{}");
        };
        using var caller = new CancellationTokenSource();
        var probing = host.AskAsync(cancellationToken: caller.Token);
        await Eventually.HoldsAsync(() => handler.Requests.Count == 5, "the probe was not sent");
        await caller.CancelAsync();

        Assert.Equal(FailureReason.Cancelled, (await probing).Failure);
        await AskTimesAsync(host, 1, FailureReason.CircuitOpen);
    }

    [Theory]
    [InlineData(HttpStatusCode.TooManyRequests, FailureReason.RateLimited)]
    [InlineData(HttpStatusCode.BadRequest, FailureReason.Rejected)]
    [InlineData(HttpStatusCode.Unauthorized, FailureReason.Unauthorized)]
    public async Task AnswersThatShowTheModelIsThereDoNotOpenIt(HttpStatusCode status, FailureReason reason)
    {
        await using var host = ModelHost.OpenAi(Failing(status), new WatchedTime(), Settings);

        await AskTimesAsync(host, 12, reason);
    }

    [Theory]
    [InlineData(1, FailureReason.Timeout)]
    [InlineData(15, FailureReason.CircuitOpen)]
    public async Task OnlyStallsThatLastedOpenIt(int seconds, FailureReason afterwards)
    {
        var time = new WatchedTime();
        var handler = Hanging();
        await using var host = ModelHost.OpenAi(handler, time, [.. Settings, ("Providers:openai:Breaker:WindowMs", "600000")]);
        for (var i = 1; i <= 5; i++)
        {
            var asking = host.AskAsync(timeout: TimeSpan.FromSeconds(seconds));
            await Eventually.HoldsAsync(() => asking.IsCompleted || handler.Requests.Count == i, "the call was not sent");
            time.Advance(TimeSpan.FromSeconds(seconds));
            Assert.Equal(i <= 4 ? FailureReason.Timeout : afterwards, (await asking).Failure);
        }
    }

    [Fact]
    public async Task ModelThatNeverAnswersIsLeftAloneAlsoUnderMoreCallsThanHavePlaces()
    {
        var time = new WatchedTime();
        var handler = Hanging();
        await using var host = ModelHost.OpenAi(
            handler, time,
            ("Providers:openai:MaxConcurrency", "2"), ("Providers:openai:TimeoutMs", "4000"), ("Providers:openai:Breaker:MinimumCalls", "4"), ("Providers:openai:Breaker:WindowMs", "600000"));
        for (var round = 1; round <= 2; round++)
        {
            var asking = Enumerable.Range(0, 6).Select(_ => host.AskAsync()).ToList();
            await Eventually.HoldsAsync(() => handler.Requests.Count >= 2 * round, "the first two were not sent");
            time.Advance(TimeSpan.FromSeconds(4));
            Assert.All(await Task.WhenAll(asking), reply => Assert.Equal(FailureReason.Timeout, reply.Failure));
        }

        handler.Answer = (_, _) => Task.FromResult(VerbatimHandler.Json(Bodies.OpenAi("ok")));
        await AskTimesAsync(host, 1, FailureReason.CircuitOpen);
    }

    [Fact]
    public async Task AttemptThatStartedLateInItsCallStillCountsAsAStall()
    {
        var time = new WatchedTime();
        var handler = Hanging();
        await using var host = ModelHost.OpenAi(
            handler, time,
            ("Providers:openai:Retry:MaxAttempts", "2"), ("Providers:openai:TimeoutMs", "8000"), ("Providers:openai:Breaker:MinimumCalls", "2"), ("Providers:openai:Breaker:WindowMs", "600000"));
        var hang = handler.Answer;
        handler.Answer = (n, cancelled) => n == 1 ? Task.FromResult(VerbatimHandler.Json("{}", HttpStatusCode.TooManyRequests, "3")) : hang(n, cancelled);
        var asking = host.AskAsync();
        await time.UntilWaitingForAsync(TimeSpan.FromSeconds(3));
        time.Advance(TimeSpan.FromSeconds(3));
        await Eventually.HoldsAsync(() => handler.Requests.Count == 2, "the second attempt was not sent");
        time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(FailureReason.Timeout, (await asking).Failure);

        handler.Answer = (_, _) => Task.FromResult(VerbatimHandler.Json(Bodies.OpenAi("ok")));
        await AskTimesAsync(host, 1, FailureReason.CircuitOpen);
    }

    [Theory]
    [InlineData(0, FailureReason.Unavailable)]
    [InlineData(3, FailureReason.Unavailable)]
    [InlineData(4, FailureReason.CircuitOpen)]
    public async Task CallsThatTheirCallersCancelLeaveNoMark(int failures, FailureReason afterwards)
    {
        var time = new WatchedTime();
        var handler = Hanging();
        await using var host = ModelHost.OpenAi(handler, time, [.. Settings, ("Providers:openai:Breaker:WindowMs", "600000"), ("Providers:openai:Breaker:FailureRatio", "1")]);
        for (var i = 1; i <= 8; i++)
        {
            using var caller = new CancellationTokenSource();
            var asking = host.AskAsync(cancellationToken: caller.Token);
            await Eventually.HoldsAsync(() => handler.Requests.Count == i, "the call was not sent");
            time.Advance(TimeSpan.FromSeconds(20));
            await caller.CancelAsync();
            Assert.Equal(FailureReason.Cancelled, (await asking).Failure);
        }

        handler.Answer = (_, _) => Task.FromResult(VerbatimHandler.Json("{}", HttpStatusCode.InternalServerError));
        await AskTimesAsync(host, failures, FailureReason.Unavailable);

        await AskTimesAsync(host, 1, afterwards);
    }

    [Fact]
    public async Task LastRealFaultIsReportedWhenTheBreakerOpensBetweenAttempts()
    {
        await using var host = ModelHost.OpenAi(
            Failing(), time: null,
            ("Providers:openai:Retry:MaxAttempts", "10"), ("Providers:openai:Retry:DelayMs", "0"), ("Providers:openai:Breaker:MinimumCalls", "4"));

        var reply = await host.AskAsync();

        Assert.Equal((FailureReason.Unavailable, 4), (reply.Failure, reply.Attempts));
    }
}

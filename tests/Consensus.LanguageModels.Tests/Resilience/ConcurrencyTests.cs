using System.Net;
using Consensus.Contracts.Runs;
using Consensus.LanguageModels.Calling;
using Consensus.LanguageModels.Tests.Support;
using Consensus.Testing;

namespace Consensus.LanguageModels.Tests.Resilience;

public sealed class ConcurrencyTests
{
    [Fact]
    public async Task NoMoreCallsThanTheProviderAllowsAreUnderWayAndAllAreAnswered()
    {
        var gate = new TaskCompletionSource();
        var (now, most) = (0, 0);
        var sync = new Lock();
        var handler = new VerbatimHandler
        {
            Answer = async (_, _) =>
            {
                lock (sync)
                    most = Math.Max(most, ++now);
                await gate.Task;
                lock (sync)
                    now--;
                return VerbatimHandler.Json(Bodies.OpenAi("ok"));
            },
        };
        await using var host = ModelHost.OpenAi(handler, time: null, ("Providers:openai:MaxConcurrency", "2"), ("Providers:openai:Models:1", "gpt-4o-mini"));

        // Two models of one provider share its places.
        var asking = Enumerable.Range(0, 8).Select(i => host.AskAsync(i % 2 == 0 ? "openai/gpt-4o" : "openai/gpt-4o-mini")).ToList();
        await Eventually.HoldsAsync(() => handler.Requests.Count == 2, "the first two were not sent");
        gate.SetResult();
        var replies = await Task.WhenAll(asking);

        Assert.All(replies, r => Assert.Equal("ok", r.Text));
        Assert.Equal(2, most);
    }

    [Fact]
    public async Task QueuedCallWaitsNoLongerThanItsOwnDeadline()
    {
        var time = new WatchedTime();
        var gate = new TaskCompletionSource();
        var handler = new VerbatimHandler
        {
            Answer = async (_, _) =>
            {
                await gate.Task;
                return VerbatimHandler.Json(Bodies.OpenAi("ok"));
            },
        };
        await using var host = ModelHost.OpenAi(handler, time, ("Providers:openai:MaxConcurrency", "1"));
        var first = host.AskAsync();
        await Eventually.HoldsAsync(() => handler.Requests.Count == 1, "the first was not sent");

        var second = host.AskAsync(timeout: TimeSpan.FromSeconds(5));
        await time.UntilWaitingForAsync(TimeSpan.FromSeconds(5));
        time.Advance(TimeSpan.FromSeconds(5));
        var queued = await second;
        gate.SetResult();

        Assert.Equal((FailureReason.Timeout, 0), (queued.Failure, queued.Attempts));
        Assert.Equal("ok", (await first).Text);
        Assert.Single(handler.Requests);
    }

    [Fact]
    public async Task CallThatWaitsForItsNextAttemptHoldsNoPlace()
    {
        var time = new WatchedTime();
        var handler = VerbatimHandler.Answering(n => n == 1
            ? VerbatimHandler.Json(Bodies.Error("rate_limit_exceeded"), HttpStatusCode.TooManyRequests, "30")
            : VerbatimHandler.Json(Bodies.OpenAi("ok")));
        await using var host = ModelHost.OpenAi(handler, time, ("Providers:openai:MaxConcurrency", "1"));
        var waiting = host.AskAsync();
        await time.UntilWaitingForAsync(TimeSpan.FromSeconds(30));

        var other = await host.AskAsync();
        time.Advance(TimeSpan.FromSeconds(30));

        Assert.Equal(("ok", 1), (other.Text, other.Attempts));
        Assert.Equal(2, (await waiting).Attempts);
    }

    [Fact]
    public async Task FailedAndCancelledCallsGiveTheirPlaceBack()
    {
        var handler = VerbatimHandler.Answering(_ => VerbatimHandler.Json("{}", HttpStatusCode.BadRequest));
        await using var host = ModelHost.OpenAi(handler, time: null, ("Providers:openai:MaxConcurrency", "1"));
        for (var i = 0; i < 3; i++)
            Assert.Equal(FailureReason.Rejected, (await host.AskAsync()).Failure);
        handler.Answer = async (_, cancelled) =>
        {
            await Task.Delay(Timeout.Infinite, cancelled);
            return VerbatimHandler.Json("{}");
        };
        using var caller = new CancellationTokenSource();
        var asking = host.AskAsync(cancellationToken: caller.Token);
        await Eventually.HoldsAsync(() => handler.Requests.Count == 4, "the call was not sent");
        await caller.CancelAsync();
        await asking;
        handler.Answer = (_, _) => Task.FromResult(VerbatimHandler.Json(Bodies.OpenAi("ok")));

        Assert.Equal("ok", (await host.AskAsync()).Text);
    }
}

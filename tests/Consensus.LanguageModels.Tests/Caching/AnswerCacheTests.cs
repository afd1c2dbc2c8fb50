using System.Text;
using Consensus.Contracts.Runs;
using Consensus.LanguageModels.Caching;
using Consensus.LanguageModels.Calling;
using Consensus.Testing;
using Microsoft.Extensions.Time.Testing;
using static Consensus.LanguageModels.Tests.Caching.CacheRig;

namespace Consensus.LanguageModels.Tests.Caching;

public sealed class AnswerCacheTests
{
    [Fact]
    public async Task TheSameCallAgainTakesTheAnswerAsksNobodyAndCostsNothing()
    {
        using var rig = new CacheRig();
        var first = await rig.AskAsync();
        var second = await rig.AskAsync();

        Assert.Equal((1, "answer 1", false, 0.01m), (rig.Asked, first.Text, first.Cached, first.CostUsd));
        Assert.Equal(
            new ModelReply { Text = "answer 1", FinishReason = "stop", ProviderModel = "m-1", InputTokens = 0, OutputTokens = 0, CostUsd = 0, Cached = true },
            second);
    }

    [Fact]
    public async Task AnotherOwnerAnotherSampleAndAnotherQuestionAskThemselves()
    {
        using var rig = new CacheRig();
        foreach (var call in new[] { Call(), Call(owner: "bob"), Call(owner: null), Call(sample: 1), Call("Why not?") })
            Assert.False((await rig.AskAsync(call)).Cached);
        Assert.Equal(5, rig.Asked);
    }

    [Fact]
    public async Task ACallThatMayNotBeCachedIsAskedEachTime()
    {
        using var rig = new CacheRig();
        await rig.AskAsync();
        for (var i = 0; i < 2; i++)
            Assert.False((await rig.AskAsync(Call() with { Cache = null })).Cached);
        Assert.Equal(3, rig.Asked);
    }

    [Theory]
    [InlineData("length")]
    [InlineData("content_filter")]
    [InlineData(null)]
    public async Task AnAnswerThatDidNotEndByItselfIsGivenAndNotKept(string? finish)
    {
        using var rig = new CacheRig();
        rig.Answers = (n, _, _) => Task.FromResult(Says($"answer {n}", "stop") with { FinishReason = finish });
        Assert.Equal("answer 1", (await rig.AskAsync()).Text);
        Assert.Equal("answer 2", (await rig.AskAsync()).Text);
    }

    [Fact]
    public async Task AFailureIsTheCallersOwnAndNotKept()
    {
        using var rig = new CacheRig();
        rig.Answers = (n, _, _) => Task.FromResult(n == 1 ? Fails(FailureReason.Unavailable) : Says("at last"));
        Assert.Equal(Fails(FailureReason.Unavailable), await rig.AskAsync());
        Assert.Equal(("at last", false), await rig.AskAsync() is var reply ? (reply.Text, reply.Cached) : default);
    }

    [Fact]
    public async Task FiftyAtOnceAskOnceAndEachGetsTheAnswer()
    {
        using var rig = new CacheRig();
        var held = new TaskCompletionSource<ModelReply>();
        rig.Answers = (_, _, _) => held.Task;
        var all = Enumerable.Range(0, 50).Select(_ => rig.AskAsync()).ToArray();
        await Eventually.HoldsAsync(() => rig.Asked == 1);
        held.SetResult(Says("once"));
        var replies = await Task.WhenAll(all);

        Assert.Equal(1, rig.Asked);
        Assert.All(replies, reply => Assert.Equal("once", reply.Text));
        Assert.Equal((1, 0.01m), (replies.Count(reply => !reply.Cached), replies.Sum(reply => reply.CostUsd)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    public async Task WhoGoesAwayTakesNobodyWithThem(int who)
    {
        using var rig = new CacheRig();
        var held = new TaskCompletionSource<ModelReply>();
        rig.Answers = (_, _, cancel) => held.Task.WaitAsync(cancel);
        var sources = Enumerable.Range(0, 5).Select(_ => new CancellationTokenSource()).ToArray();
        var all = new List<Task<ModelReply>>();
        foreach (var source in sources)
        {
            all.Add(rig.AskAsync(cancel: source.Token));
            await Eventually.HoldsAsync(() => rig.Asked == 1);
        }

        await sources[who].CancelAsync();
        var gone = await all[who];
        held.SetResult(Says("stays"));

        Assert.Equal(FailureReason.Cancelled, gone.Failure);
        // The one whose call it is cannot know what it used: it goes on for the others.
        Assert.Equal(who == 0 ? (1, true) : (0, false), (gone.Attempts, gone.MayBeBilled));
        Assert.All(await Task.WhenAll(all.Where((_, i) => i != who)), reply => Assert.Equal(("stays", true), (reply.Text, who == 0 ? reply.Cached : reply.Text is not null)));
        Assert.Equal(1, rig.Asked);
        foreach (var source in sources)
            source.Dispose();
    }

    [Fact]
    public async Task WhenAllHaveGoneTheCallIsCancelledAndTellsWhatItUsed()
    {
        using var rig = new CacheRig(time: new FakeTimeProvider());
        var cancelled = new TaskCompletionSource();
        rig.Answers = async (_, _, cancel) =>
        {
            try
            {
                await Task.Delay(Timeout.Infinite, cancel);
            }
            catch (OperationCanceledException)
            {
                cancelled.SetResult();
            }

            return Fails(FailureReason.Cancelled);
        };
        using var source = new CancellationTokenSource();
        var asking = rig.AskAsync(cancel: source.Token);
        await Eventually.HoldsAsync(() => rig.Asked == 1);
        await source.CancelAsync();
        await cancelled.Task;
        Assert.Equal((FailureReason.Cancelled, 2), await asking is var reply ? (reply.Failure, reply.Attempts) : default);
    }

    [Fact]
    public async Task WhoHasMoreTimeThanTheOneThatIsWaitedForAsksAnew()
    {
        using var rig = new CacheRig();
        var first = new TaskCompletionSource<ModelReply>();
        rig.Answers = (n, _, _) => n == 1 ? first.Task : Task.FromResult(Says("in time"));
        var hurried = rig.AskAsync(Call() with { Timeout = TimeSpan.FromMinutes(1) });
        await Eventually.HoldsAsync(() => rig.Asked == 1);
        var patient = rig.AskAsync(Call() with { Timeout = TimeSpan.FromMinutes(10) });
        first.SetResult(Fails(FailureReason.Timeout));

        Assert.Equal(Fails(FailureReason.Timeout), await hurried);
        Assert.Equal(("in time", 2), (await patient is var reply ? reply.Text : null, rig.Asked));
    }

    [Fact]
    public async Task WhoHasLessTimeWaitsNoLongerThanThat()
    {
        var time = new FakeTimeProvider();
        using var rig = new CacheRig(time: time);
        var held = new TaskCompletionSource<ModelReply>();
        rig.Answers = (_, _, _) => held.Task;
        var patient = rig.AskAsync();
        await Eventually.HoldsAsync(() => rig.Asked == 1);
        var hurried = rig.AskAsync(Call() with { Timeout = TimeSpan.FromSeconds(1) });
        await Eventually.HoldsAsync(() =>
        {
            time.Advance(TimeSpan.FromSeconds(1));
            return hurried.IsCompleted;
        });
        Assert.Equal((FailureReason.Timeout, 0, false), await hurried is var reply ? (reply.Failure, reply.Attempts, reply.MayBeBilled) : default);
        held.SetResult(Says("late"));
        Assert.Equal("late", (await patient).Text);
    }

    [Fact]
    public async Task AFailureOfTheProviderIsSharedByThoseWhoWaitedForIt()
    {
        using var rig = new CacheRig();
        var held = new TaskCompletionSource<ModelReply>();
        rig.Answers = (_, _, _) => held.Task;
        var all = new[] { rig.AskAsync(), rig.AskAsync() };
        await Eventually.HoldsAsync(() => rig.Asked == 1);
        held.SetResult(Fails(FailureReason.RateLimited));
        var replies = await Task.WhenAll(all);
        Assert.All(replies, reply => Assert.Equal(FailureReason.RateLimited, reply.Failure));
        Assert.Equal([0, 2], replies.Select(reply => reply.Attempts).Order());
    }

    [Fact]
    public async Task MemoryIsBoundedAndWhatFindsNoRoomIsStillAnswered()
    {
        using var rig = new CacheRig(memoryBytes: 50_000);
        rig.Answers = (_, _, _) => Task.FromResult(Says(new string('x', 10_000)));
        await rig.AskAsync(Call("question 0"));
        Assert.True((await rig.AskAsync(Call("question 0"))).Cached);
        for (var i = 1; i < 50; i++)
            Assert.Equal(10_000, (await rig.AskAsync(Call($"question {i}"))).Text!.Length);

        var asked = rig.Asked;
        for (var i = 0; i < 50; i++)
            await rig.AskAsync(Call($"question {i}"));
        Assert.InRange(rig.Asked - asked, 45, 50);
    }
}

using System.Text.Json;
using Consensus.ApiService.FanOut;
using Consensus.ApiService.Runs;
using Consensus.Contracts.Runs;
using Consensus.LanguageModels.Calling;
using Consensus.Testing;
using Microsoft.Extensions.Time.Testing;

namespace Consensus.ApiService.Tests.FanOut;

public sealed class FanOutTests
{
    private readonly FakeTimeProvider time = new();
    private readonly ScriptedModels models = new();
    private readonly PanelFanOut fanOut;

    public FanOutTests() => fanOut = Plans.FanOut(models, time);

    [Fact]
    public async Task EverybodyIsAskedAtOnceAndNobodyIsCut()
    {
        var run = Start(Plans.Of(3));
        await models.AskedAsync(3);
        models.Call("m2").Says("A");
        models.Call("m0").Says("A");
        models.Call("m1").Says("B");
        var answers = await Ending.OfAsync(run);

        Assert.Equal(FanOutEnd.Complete, answers.End);
        Assert.Equal(["m0", "m1", "m2"], answers.Calls.Select(c => c.Call.Model.Id));
        Assert.Equal(["A", "B", "A"], answers.Calls.Select(c => c.Reply.Text));
        Assert.Equal([0, 1, 2], answers.Calls.Select(c => c.Call.Id));
        Assert.All(models.Calls, c => Assert.False(c.IsCancelled));
    }

    [Fact]
    public async Task SamplesGoRoundByRoundWithASeedOfTheirOwn()
    {
        var run = Start(Plans.Of(2) with { SamplesPerModel = 3, Seed = 40 });
        await models.AskedAsync(6);
        foreach (var call in models.Calls)
        {
            call.Says("A");
        }

        var answers = await Ending.OfAsync(run);
        Assert.Equal([("m0", 0, 40L), ("m1", 0, 40), ("m0", 1, 41), ("m1", 1, 41), ("m0", 2, 42), ("m1", 2, 42)],
            answers.Calls.Select(c => (c.Call.Model.Id, c.Call.Sample, c.Call.Call.Seed!.Value)));
    }

    [Fact]
    public async Task AFailureIsAValueAndSoIsAnExceptionOfAProvider()
    {
        var run = Start(Plans.Of(3));
        await models.AskedAsync(3);
        models.Call("m0").Fails(FailureReason.RateLimited);
        models.Call("m1").Throws(new InvalidOperationException("the prompt was: secret"));
        models.Call("m2").Says("A");
        var answers = await Ending.OfAsync(run);

        Assert.Equal([FailureReason.RateLimited, FailureReason.Internal, null], answers.Calls.Select(c => c.Reply.Failure));
        Assert.DoesNotContain("secret", answers.Calls[1].Reply.FailureMessage!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AModelThatRejectsASchemaIsAskedWithoutIt()
    {
        var schema = new ResponseSchema("answer", JsonElement.Parse("""{"type":"object"}"""), Strict: false);
        var run = Start(Plans.Of(2) with { Schema = schema });
        await models.AskedAsync(2);
        models.Call("m0").Fails(FailureReason.Rejected);
        models.Call("m1").Says("A");
        await models.AskedAsync(3);
        models.Call("m0", 1).Says("A");
        var answers = await Ending.OfAsync(run);

        Assert.Equal([schema, schema, null], models.Calls.Select(c => c.Call.Schema));
        Assert.Equal([("A", 2), ("A", 1)], answers.Calls.Select(c => (c.Reply.Text!, c.Reply.Attempts)));
    }

    [Fact]
    public async Task CallsGetWhatIsLeftOfTheDeadlineAsTheirTime()
    {
        var run = Start(Plans.Of(1));
        await models.AskedAsync(1);
        var timeout = models.Call("m0").Call.Timeout!.Value;
        models.Call("m0").Says("A");
        await Ending.OfAsync(run);

        // A little more, so that a call which ends by its own time ends after the run's deadline.
        Assert.Equal(Plans.Deadline + PanelFanOut.Lag, timeout);
    }

    [Fact]
    public async Task TheDeadlineCutsWhatIsOutstandingAndKeepsWhatArrived()
    {
        var run = Start(Plans.Of(3));
        await models.AskedAsync(3);
        models.Call("m1").Says("A");
        var answers = await Ending.OfAsync(run, time);

        Assert.Equal(FanOutEnd.Deadline, answers.End);
        Assert.Equal([FailureReason.Timeout, null, FailureReason.Timeout], answers.Calls.Select(c => c.Reply.Failure));
        Assert.Equal("A", answers.Calls[1].Reply.Text);
        Assert.Equal([FanOutEnd.Deadline, null, FanOutEnd.Deadline], answers.Calls.Select(c => c.StoppedBy));
        Assert.True(models.Call("m0").IsCancelled);
    }

    [Fact]
    public async Task AProviderThatIgnoresCancellationDoesNotHoldUpTheAnswer()
    {
        models.Stubborn.Add("m0");
        var run = Start(Plans.Of(2));
        await models.AskedAsync(2);
        models.Call("m1").Says("A");
        time.Advance(Plans.Deadline);
        var answers = await Ending.OfAsync(run, time);

        Assert.Equal(FailureReason.Timeout, answers.Calls[0].Reply.Failure);
        Assert.Equal(1, answers.Calls[0].Reply.Attempts);
        Assert.Equal("A", answers.Calls[1].Reply.Text);
        Assert.Equal(1, fanOut.Stuck.Count("m0"));

        models.Call("m0").Says("far too late");
        await Eventually.HoldsAsync(() => fanOut.Stuck.Count("m0") == 0);
    }

    [Fact]
    public async Task AModelWithTooManyStuckCallsIsNotAsked()
    {
        for (var i = 0; i < StuckCalls.MostPerModel; i++)
        {
            fanOut.Stuck.Add("m0");
        }

        var run = Start(Plans.Of(2));
        await models.AskedAsync(1);
        models.Call("m1").Says("A");
        var answers = await Ending.OfAsync(run);

        Assert.Equal((FailureReason.Unavailable, 0), (answers.Calls[0].Reply.Failure!.Value, answers.Calls[0].Reply.Attempts));
        Assert.Equal("m1", Assert.Single(models.Calls).Call.Model);
    }

    [Fact]
    public async Task AReplyThatComesDuringTheGraceTellsItsCostButHasNoVote()
    {
        models.Stubborn.Add("m0");
        var run = Start(Plans.Of(1));
        await models.AskedAsync(1);
        time.Advance(Plans.Deadline);
        await Eventually.HoldsAsync(() =>
        {
            time.Advance(TimeSpan.FromMilliseconds(models.Call("m0").IsCancelled ? 0 : 5));
            return models.Call("m0").IsCancelled;
        });
        models.Call("m0").End(ScriptedModels.Says("late", 0.25m) with { Attempts = 2 });
        var call = Assert.Single((await Ending.OfAsync(run)).Calls);

        Assert.Null(call.Reply.Text);
        Assert.Equal((FailureReason.Timeout, 2, 0.25m), (call.Reply.Failure!.Value, call.Reply.Attempts, call.Reply.CostUsd!.Value));
        Assert.Equal(0, fanOut.Stuck.Count("m0"));
    }

    [Fact]
    public async Task CallsThatEndByTheirOwnTimeAtTheDeadlineAreCutByTheDeadline()
    {
        var run = Start(Plans.Of(2));
        await models.AskedAsync(2);
        time.Advance(Plans.Deadline + PanelFanOut.Lag);
        models.Call("m0").Fails(FailureReason.Timeout);
        models.Call("m1").Fails(FailureReason.Timeout);
        var answers = await Ending.OfAsync(run);

        Assert.Equal(FanOutEnd.Deadline, answers.End);
        Assert.All(answers.Calls, c => Assert.Equal(FailureReason.Timeout, c.Reply.Failure));
    }

    [Fact]
    public async Task ACallerWhoGoesAwayEndsEverythingAndWhatFinishedIsKept()
    {
        using var caller = new CancellationTokenSource();
        var run = Start(Plans.Of(3), callerGone: caller.Token);
        await models.AskedAsync(3);
        models.Call("m0").Says("A");
        await caller.CancelAsync();
        var answers = await Ending.OfAsync(run);

        Assert.Equal(FanOutEnd.CallerGone, answers.End);
        Assert.Equal([null, FailureReason.Cancelled, FailureReason.Cancelled], answers.Calls.Select(c => c.Reply.Failure));
    }

    [Fact]
    public async Task ACallerWhoIsGoneAlreadyHasNobodyAsked()
    {
        var answers = await Ending.OfAsync(Start(Plans.Of(3), callerGone: new CancellationToken(canceled: true)));

        Assert.Equal(FanOutEnd.CallerGone, answers.End);
        Assert.Empty(answers.Calls);
        Assert.Empty(models.Calls);
    }

    [Fact]
    public async Task AFailingCancellationCallbackOfAProviderDoesNoHarm()
    {
        using var caller = new CancellationTokenSource();
        var faulty = new PanelFanOut(
            (call, token) =>
            {
                token.Register(() => throw new InvalidOperationException("callback"));
                return models.AskAsync(call, token);
            },
            _ => null, time, Microsoft.Extensions.Logging.Abstractions.NullLogger<PanelFanOut>.Instance);
        var run = Task.Run(() => faulty.AskAsync(Plans.Of(2), null, caller.Token));
        await models.AskedAsync(2);
        await caller.CancelAsync();
        var answers = await Ending.OfAsync(run);

        Assert.All(answers.Calls, c => Assert.Equal(FailureReason.Cancelled, c.Reply.Failure));
    }

    [Fact]
    public async Task AFaultOfOurOwnLeavesNoCallsBehind()
    {
        var faulty = Plans.FanOut(models, time, call => call.Model == "m1" ? throw new InvalidOperationException("no price list") : 0.01m);
        await Assert.ThrowsAsync<InvalidOperationException>(() => Task.Run(() => faulty.AskAsync(Plans.Of(2) with { MaxCostUsd = 1 }, null, default)));

        Assert.True(Assert.Single(models.Calls).IsCancelled);
    }

    private Task<PanelAnswers> Start(RunPlan plan, CancellationToken callerGone = default) =>
        Task.Run(() => fanOut.AskAsync(plan, null, callerGone));
}

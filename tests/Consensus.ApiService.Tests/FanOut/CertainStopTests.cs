using Consensus.ApiService.FanOut;
using Consensus.Contracts.Runs;
using Consensus.Core.Deciding;
using Consensus.Testing;
using FsCheck.Xunit;
using Microsoft.Extensions.Time.Testing;

namespace Consensus.ApiService.Tests.FanOut;

public sealed class CertainStopTests
{
    [Fact]
    public async Task TheRestIsCancelledOnceWinnerAndOutcomeStand()
    {
        var models = new ScriptedModels();
        var run = Task.Run(() => Plans.FanOut(models, new FakeTimeProvider()).AskAsync(Plans.Of(5, EarlyStop.Certain), null, default));
        await models.AskedAsync(5);
        models.Call("m0").Says("A");
        models.Call("m1").Says("A");
        models.Call("m2").Says("A");
        var answers = await Ending.OfAsync(run);

        Assert.Equal(FanOutEnd.Enough, answers.End);
        Assert.Equal([null, null, null, FailureReason.Cancelled, FailureReason.Cancelled], answers.Calls.Select(c => c.Reply.Failure));
        Assert.True(models.Call("m3").IsCancelled);
    }

    [Fact]
    public async Task FreeTextIsNeverCertainBeforeTheLastAnswer()
    {
        var models = new ScriptedModels();
        var plan = Plans.Of(3, EarlyStop.Certain);
        plan = plan with { Decision = plan.Decision with { Form = new() { Kind = Core.Answers.AnswerKind.Text } } };
        var finished = 0;
        var run = Task.Run(() => Plans.FanOut(models, new FakeTimeProvider()).AskAsync(plan, (_, _) => Interlocked.Increment(ref finished), default));
        await models.AskedAsync(3);
        models.Call("m0").Says("the sky is blue");
        models.Call("m1").Says("the sky is blue");
        await Eventually.HoldsAsync(() => Volatile.Read(ref finished) == 2);
        models.Call("m2").Says("grass is green");
        var answers = await Ending.OfAsync(run);

        Assert.Equal(FanOutEnd.Complete, answers.End);
        Assert.All(answers.Calls, c => Assert.NotNull(c.Reply.Text));
    }

    /// <summary>Whatever the panel says and in whatever order, stopping when certain comes to the same winner and outcome as hearing everybody.</summary>
    [Property(MaxTest = 150, Arbitrary = [typeof(Scripts)])]
    public void StoppingWhenCertainNeverChangesWinnerOrOutcome(Script script)
    {
        var whole = Decide(script, PlayAsync(script, EarlyStop.Off).GetAwaiter().GetResult());
        var answers = PlayAsync(script, EarlyStop.Certain).GetAwaiter().GetResult();
        var early = Decide(script, answers);

        Assert.Equal(whole.Outcome, early.Outcome);
        Assert.Equal(Winner(whole), Winner(early));
        Assert.True(early.Agreement <= whole.Agreement + 1e-9);
        Assert.Equal(script.Says.Count, answers.Calls.Count);
        Assert.All(answers.Calls, c => Assert.True(c.Reply.Text is null != c.Reply.Failure is null));
        Assert.All(answers.Calls, c => Assert.Equal(c.StoppedBy is not null, c.Reply.Failure == FailureReason.Cancelled));
    }

    /// <summary>The order in which answers arrive leaves no trace in the decision.</summary>
    [Property(MaxTest = 60, Arbitrary = [typeof(Scripts)])]
    public void TheOrderOfArrivalNeverChangesTheDecision(Script script)
    {
        var inOrder = script with { Arrival = [.. script.Arrival.Order()] };
        foreach (var mode in new[] { EarlyStop.Off, EarlyStop.Adaptive })
        {
            var one = Decide(script, PlayAsync(script, mode).GetAwaiter().GetResult());
            var other = Decide(inOrder, PlayAsync(inOrder, mode).GetAwaiter().GetResult());
            Assert.Equal(
                (one.Outcome, Winner(one), one.Agreement, one.Margin, one.Entropy, one.Confidence, one.Stability.Level),
                (other.Outcome, Winner(other), other.Agreement, other.Margin, other.Entropy, other.Confidence, other.Stability.Level));
            Assert.Equal(one.Clusters.Select(c => string.Join(',', c.Candidates)), other.Clusters.Select(c => string.Join(',', c.Candidates)));
        }
    }

    /// <summary>Plays a script: lets the calls end in its order, each taken before the next ends.</summary>
    private static async Task<PanelAnswers> PlayAsync(Script script, EarlyStop earlyStop)
    {
        var models = new ScriptedModels();
        using var taken = new SemaphoreSlim(0);
        var finished = 0;
        var run = Task.Run(() => Plans.FanOut(models, new FakeTimeProvider()).AskAsync(script.Plan(earlyStop), (_, _) => Interlocked.Increment(ref finished), default));
        var ended = new HashSet<string>();
        while (!run.IsCompleted)
        {
            var open = models.Calls.Where(c => !ended.Contains(c.Call.Model)).ToArray();
            var asked = models.Calls.Count;
            if (asked == 0 || open.Length == 0 || (earlyStop != EarlyStop.Adaptive && asked < script.Says.Count))
            {
                await Task.Yield();
                continue;
            }

            var next = open.MinBy(c => script.Arrival[Index(c)])!;
            if (script.Says[Index(next)] is { } text)
            {
                next.Says(text);
            }
            else
            {
                next.Fails(FailureReason.Unavailable);
            }

            ended.Add(next.Call.Model);
            await Eventually.HoldsAsync(() => run.IsCompleted || Volatile.Read(ref finished) >= ended.Count);
        }

        return await run;

        static int Index(ScriptedCall call) => int.Parse(call.Call.Model[1..]);
    }

    private static Decision Decide(Script script, PanelAnswers answers) => Decider.Decide(script.Plan(EarlyStop.Off).Decision with
    {
        Candidates = [.. answers.Calls.Select(c => new CandidateText(c.Call.Model.Id, c.Call.Model.Family, c.Reply.Text))],
    });

    private static string? Winner(Decision decision) =>
        decision.Winner is { } winner ? decision.Answers[winner.Representative]!.Key : null;
}

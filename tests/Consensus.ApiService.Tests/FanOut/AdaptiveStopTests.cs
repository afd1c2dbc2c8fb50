using Consensus.ApiService.FanOut;
using Consensus.ApiService.Runs;
using Consensus.Contracts;
using Consensus.Contracts.Runs;
using Consensus.Core.Deciding;
using Consensus.Testing;
using Microsoft.Extensions.Time.Testing;

namespace Consensus.ApiService.Tests.FanOut;

public sealed class AdaptiveStopTests
{
    private readonly FakeTimeProvider time = new();
    private readonly ScriptedModels models = new();

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(3, 2)]
    [InlineData(4, 3)]
    [InlineData(5, 3)]
    [InlineData(6, 4)]
    [InlineData(9, 4)]
    [InlineData(60, 4)]
    public void TheFirstWaveIsTheFewestThatCouldSettleIt(int panel, int wave) =>
        Assert.Equal(wave, AdaptiveWaves.Size(Asked(), panel, inFlight: 0, Limits.AdaptiveStopThreshold));

    [Theory]
    [InlineData("AAB", 2, 1)]
    [InlineData("AAAB", 5, 2)]
    [InlineData("AABB", 20, 6)]
    [InlineData("ABCD", 2, 2)]
    public void ALaterWaveIsAsLargeAsTheLeaderNeeds(string said, int left, int wave) =>
        Assert.Equal(wave, AdaptiveWaves.Size(Asked([.. said.Select(c => c.ToString())]), left, inFlight: 0, Limits.AdaptiveStopThreshold));

    [Fact]
    public void AWaveReachesTheCallersLeastNumberOfAnswers() =>
        Assert.Equal(6, AdaptiveWaves.Size(Asked() with { MinResponses = 6 }, 9, inFlight: 0, Limits.AdaptiveStopThreshold));

    [Fact]
    public async Task TheMostReliableAreAskedFirstAndTheRestNotAtAllWhenTheyAgree()
    {
        var plan = Plans.Of(5, EarlyStop.Adaptive);
        plan = plan with { Decision = plan.Decision with { Reliability = new Dictionary<string, double> { ["m4"] = 0.9, ["m2"] = 0.8, ["m0"] = 0.6 } } };
        foreach (var model in plan.Models)
        {
            models.Instant[model.Id] = ScriptedModels.Says("A");
        }

        var answers = await Ending.OfAsync(Task.Run(() => Plans.FanOut(models, time).AskAsync(plan, null, default)));

        Assert.Equal(["m4", "m2", "m1"], answers.Calls.Select(c => c.Call.Model.Id));
        Assert.Equal((FanOutEnd.Enough, 5), (answers.End, answers.PanelSize));
        Assert.All(answers.Calls, c => Assert.Null(c.StoppedBy));
    }

    [Fact]
    public async Task DisagreementBringsInTheOthers()
    {
        foreach (var (model, text) in new[] { ("m0", "A"), ("m1", "B"), ("m2", "C"), ("m3", "D"), ("m4", "A") })
        {
            models.Instant[model] = ScriptedModels.Says(text);
        }

        var answers = await Ending.OfAsync(Task.Run(() => Plans.FanOut(models, time).AskAsync(Plans.Of(5, EarlyStop.Adaptive), null, default)));

        Assert.Equal((FanOutEnd.Complete, 5), (answers.End, answers.Calls.Count));
    }

    [Fact]
    public async Task SamplesOfOneModelStopOnceTheLeadIsSafe()
    {
        models.Instant["m0"] = ScriptedModels.Says("A");
        var plan = Plans.Of(1, EarlyStop.Adaptive, Strategies.SelfConsistency) with { SamplesPerModel = 20 };
        var answers = await Ending.OfAsync(Task.Run(() => Plans.FanOut(models, time).AskAsync(plan, null, default)));

        Assert.Equal((FanOutEnd.Enough, 4, 20), (answers.End, answers.Calls.Count, answers.PanelSize));
    }

    [Fact]
    public async Task ASlowCallHoldsUpTheNextWaveForHalfOfTheTimeLeftAndNoLonger()
    {
        var run = Task.Run(() => Plans.FanOut(models, time).AskAsync(Plans.Of(3, EarlyStop.Adaptive), null, default));
        await models.AskedAsync(2);
        models.Call("m0").Says("A");
        await Eventually.HoldsAsync(() =>
        {
            time.Advance(TimeSpan.FromMilliseconds(100));
            return models.Calls.Count == 3;
        });
        models.Call("m2").Says("A");
        var answers = await Ending.OfAsync(run);

        // Two of three agree: the slow one can change nothing.
        Assert.Equal(FanOutEnd.Enough, answers.End);
        Assert.Equal([null, FailureReason.Cancelled, null], answers.Calls.Select(c => c.Reply.Failure));
    }

    [Fact]
    public async Task WhenEverythingHangsNoNewWaveIsBegunAtTheVeryEnd()
    {
        var run = Task.Run(() => Plans.FanOut(models, time).AskAsync(Plans.Of(20, EarlyStop.Adaptive), null, default));
        var answers = await Ending.OfAsync(run, time);

        Assert.Equal(FanOutEnd.Deadline, answers.End);
        Assert.All(answers.Calls, c => Assert.Equal(FailureReason.Timeout, c.Reply.Failure));
        Assert.InRange(answers.Calls.Count, 4, 16);
    }

    private static DecisionInput Asked(params string[] said) => Plans.Of(1).Decision with
    {
        Candidates = [.. said.Select((text, i) => new CandidateText($"m{i}", $"f{i}", text))],
    };
}

using Consensus.ApiService.Runs;
using Consensus.ApiService.Tests.FanOut;
using Consensus.ApiService.Tests.Runs;
using Consensus.Contracts.Runs;

namespace Consensus.ApiService.Tests.Steps;

public sealed class RankedTests
{
    private readonly RunRig rig = new();

    [Fact]
    public async Task AnAnswerThatAllOthersRankFirstLeadsWithItsOwnShareAndConfidence()
    {
        rig.Models.Answer = call => call.IsStep() ? call.Ranks("B", "C", "A") : null;
        var run = await rig.ConductAsync(StepPlans.Of("ranked"), "A", "A", "B", "C");

        Assert.Equal((Outcome.Plurality, "B", 0.25, 0.0), (run.Outcome, run.Answer!.Text, run.Agreement, run.Margin));
        Assert.Equal(["B", "A", "C"], run.Clusters.Select(c => c.Answer.Text));
        Assert.Equal([1, 1, 0, 2], run.Candidates!.Select(c => c.Cluster!.Value));
        Assert.InRange(run.Confidence!.Raw!.Value, 0, 0.3);
        Assert.Equal(("dirichlet_multinomial", null), (run.Confidence.Method, run.Confidence.Calibrated));
        Assert.Equal(["vote Completed", "rank Completed"], run.Steps!.Select(s => $"{s.Name} {s.Status}"));
        Assert.Equal(["m0", "m1", "m2", "m3"], run.Steps![1].Calls.Select(c => c.Model).Order());
        Assert.Equal([[2], [3], [0]], Order(run));
        Assert.Equal("schulze", run.Steps[1].Details!.Value.GetProperty("method").GetString());
        Assert.Equal((0.04m, 0.04m, 0.08m), (run.Steps[0].Usage!.CostUsd, run.Steps[1].Usage!.CostUsd, run.Usage!.CostUsd));
        Assert.Equal((4, 4, false), (run.Calls!.Started, run.Calls.Panel, run.Degraded));
    }

    [Fact]
    public async Task NobodySeesItsOwnAnswerOrWhoWroteTheOthers()
    {
        rig.Models.Answer = call => call.IsStep() ? call.Ranks("B") : null;
        await rig.ConductAsync(StepPlans.Of("ranked"), "A", "The answer is (A), says another.", "B", "C");
        var shown = rig.Models.Calls.Where(c => c.Call.IsStep()).DistinctBy(c => c.Call.Model).ToDictionary(c => c.Call.Model, c => c.Call.Labels().Keys.Order().ToArray());

        Assert.Equal(["B", "C", "The answer is (A), says another."], shown["m0"]);
        Assert.Equal(["A", "B", "C"], shown["m1"]);
        Assert.Equal(2, shown["m2"].Length);
        Assert.DoesNotContain("B", shown["m2"]);
        Assert.DoesNotContain("C", shown["m3"]);
        Assert.All(rig.Models.Calls.Where(c => c.Call.IsStep()), c => Assert.All(
            Enumerable.Range(0, 4), i => Assert.DoesNotContain($"m{i}", c.Call.Messages[0].Text + c.Call.Prompt(), StringComparison.Ordinal)));
    }

    [Fact]
    public async Task AnswersAreShuffledByRankerAndTheSameRunShufflesThemAlike()
    {
        var plan = StepPlans.Of("ranked", 8);
        string?[] says = ["A", "A", "A", "A", "A", "B", "C", "D"];
        var orders = new List<string[]>();
        for (var round = 0; round < 2; round++)
        {
            var again = new RunRig();
            again.Models.Answer = call => call.IsStep() ? call.Ranks("B", "C", "D", "A") : null;
            await again.ConductAsync(plan, says);
            orders.Add([.. again.Models.Calls.Where(c => c.Call.IsStep()).OrderBy(c => c.Call.Model).Take(5).Select(c => string.Concat(c.Call.Labels().OrderBy(l => l.Value).Select(l => l.Key[0])))]);
        }

        Assert.Equal(orders[0], orders[1]);
        Assert.True(orders[0].Distinct().Count() > 1);
    }

    [Fact]
    public async Task ARankingThatIsPartialIsUsedAndOneThatIsMalformedIsLeftOut()
    {
        rig.Models.Answer = call => !call.IsStep() ? null : call.Model switch
        {
            "m0" => ScriptedModels.Says("B is the best.", 0.01m),
            "m1" => call.Ranks("B", "C"),
            _ => call.Ranks("B", "C", "A"),
        };
        var run = await rig.ConductAsync(StepPlans.Of("ranked"), "A", "A", "B", "C");

        Assert.Equal("B", run.Answer!.Text);
        var rankings = run.Steps![1].Details!.Value.GetProperty("rankings").EnumerateArray().ToDictionary(r => r.GetProperty("model").GetString()!);
        Assert.Equal("malformed", rankings["m0"].GetProperty("leftOut").GetString());
        Assert.Equal(2, rankings["m1"].GetProperty("order").GetArrayLength());
        Assert.False(run.Degraded);
    }

    [Fact]
    public async Task RankingsThatContradictEachOtherAreATieAndTheVoteHolds()
    {
        rig.Models.Answer = call => !call.IsStep() ? null : call.Model switch { "m0" => call.Ranks("B", "C"), "m1" => call.Ranks("C", "A"), _ => call.Ranks("A", "B") };
        var cycle = await rig.ConductAsync(StepPlans.Of("ranked", 3), "A", "B", "C");

        Assert.Equal((Outcome.NoConsensus, null), (cycle.Outcome, cycle.Answer));
        Assert.Equal((StepStatus.FellBack, StepReason.Tie, false), (cycle.Steps![1].Status, cycle.Steps[1].Reason, cycle.Degraded));
    }

    [Fact]
    public async Task OneRankingIsNotEnough()
    {
        rig.Models.Answer = call => !call.IsStep() ? null : call.Model is "m0" ? call.Ranks("B", "C", "A") : ScriptedModels.Fails(FailureReason.Refused);
        var run = await rig.ConductAsync(StepPlans.Of("ranked"), "A", "A", "B", "C");

        Assert.Equal((StepReason.TooFew, "A", true), (run.Steps![1].Reason, run.Answer!.Text, run.Degraded));
    }

    [Fact]
    public async Task AMethodThatIsAskedForIsUsed()
    {
        // By duels A beats both; by mean place B leads.
        rig.Models.Answer = call => !call.IsStep() ? null : call.Model is "m0" or "m1" or "m2" ? call.Ranks("A", "B", "C") : call.Ranks("B", "C", "A");
        var plan = StepPlans.Of("ranked", 8);
        string?[] says = ["A", "A", "A", "B", "B", "C", "C", "C"];
        RunPlan By(RankingMethod method) => plan with { Steps = plan.Steps! with { Ranking = method } };
        var borda = await rig.ConductAsync(By(RankingMethod.Borda), says);
        var copeland = await rig.ConductAsync(By(RankingMethod.Copeland), says);

        Assert.Equal(("borda", "copeland"), (Method(borda), Method(copeland)));
        Assert.Equal("B", borda.Answer!.Text);
    }

    [Theory]
    [InlineData("A", "A", "A", StepReason.NotContested, Outcome.Consensus)]
    [InlineData("A", null, null, StepReason.QuorumNotMet, Outcome.QuorumNotMet)]
    public async Task WhereThereIsNothingToRankNobodyIsAsked(string one, string? two, string? three, StepReason reason, Outcome outcome)
    {
        var run = await rig.ConductAsync(StepPlans.Of("ranked", 3), one, two, three);

        Assert.Equal((StepStatus.Skipped, reason, outcome), (run.Steps![1].Status, run.Steps[1].Reason, run.Outcome));
        Assert.Equal(3, rig.Models.Calls.Count);
    }

    private static int[][] Order(ConsensusResponse run) =>
        [.. run.Steps![1].Details!.Value.GetProperty("order").EnumerateArray().Select(group => group.EnumerateArray().Select(c => c.GetInt32()).ToArray())];

    private static string Method(ConsensusResponse run) => run.Steps![1].Details!.Value.GetProperty("method").GetString()!;
}

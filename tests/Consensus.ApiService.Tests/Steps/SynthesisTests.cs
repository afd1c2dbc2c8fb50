using Consensus.ApiService.Runs;
using Consensus.ApiService.Tests.FanOut;
using Consensus.ApiService.Tests.Runs;
using Consensus.Contracts.Runs;
using Consensus.Core.Answers;

namespace Consensus.ApiService.Tests.Steps;

public sealed class SynthesisTests
{
    private readonly RunRig rig = new();

    [Fact]
    public async Task AWrittenAnswerWithTheVotedKeyIsTheAnswer()
    {
        rig.Models.Answer = call => call.IsStep() ? call.Writes("Green is (B), they say, but the answer is A.") : null;
        var run = await rig.ConductAsync(StepPlans.Of("synthesis"), "A", "A", "B", "C");

        Assert.Equal((Outcome.Plurality, "A", 0.5), (run.Outcome, run.Answer!.Value!.Value.GetString(), run.Agreement));
        var details = run.Steps![1].Details!.Value;
        Assert.Equal(("key", "m0"), (details.GetProperty("same").GetString(), details.GetProperty("model").GetString()));
        Assert.Contains("they say", details.GetProperty("text").GetString(), StringComparison.Ordinal);
        Assert.Equal(StepStatus.Completed, run.Steps[1].Status);
    }

    [Theory]
    [InlineData("The answer is B.")]
    [InlineData("There is no telling.")]
    public async Task AWrittenAnswerWithAnotherKeyIsNeverTheAnswerAndTheStepSaysSo(string written)
    {
        rig.Models.Answer = call => call.IsStep() ? call.Writes(written) : null;
        var run = await rig.ConductAsync(StepPlans.Of("synthesis"), "A", "A", "B", "C");

        Assert.Equal(run.Clusters[0].Answer, run.Answer);
        Assert.Equal((StepStatus.FellBack, StepReason.KeyDiffers, false), (run.Steps![1].Status, run.Steps[1].Reason, run.Degraded));
        Assert.Equal(written, run.Steps[1].Details!.Value.GetProperty("text").GetString());
    }

    [Theory]
    [InlineData("Paris is the capital of France.", "cluster", "Paris is the capital of France, and has been for long.")]
    [InlineData("Paris is the capital of France.", null, "Paris is not the capital of France.")]
    [InlineData("Paris is the capital of France.", null, "Lyon is the capital of France.")]
    public async Task FreeTextIsHeldToTheVoteByTheComparisonOfItsPanel(string voted, string? same, string written)
    {
        var plan = StepPlans.Of("synthesis", 3);
        plan = plan with { Decision = plan.Decision with { Form = new AnswerForm { Kind = AnswerKind.Text } } };
        rig.Models.Answer = call => call.IsStep() ? call.Writes(written) : null;
        var run = await rig.ConductAsync(plan, voted, voted, "Lyon is the capital of France.");

        Assert.Equal(same, run.Steps![1].Details!.Value.GetProperty("same").GetString());
        Assert.Equal((same is null ? voted : written).TrimEnd('.'), run.Answer!.Text);
    }

    [Fact]
    public async Task AToleranceDoesNotLetAnotherNumberPass()
    {
        var plan = StepPlans.Of("synthesis", 3);
        plan = plan with { Decision = plan.Decision with { Form = new AnswerForm { Kind = AnswerKind.Number, Tolerance = 1 } } };
        rig.Models.Answer = call => call.IsStep() ? call.Writes("It is 391.5.") : null;
        var run = await rig.ConductAsync(plan, "391", "391", "391");

        Assert.Equal((StepReason.KeyDiffers, 391), (run.Steps![1].Reason, run.Answer!.Value!.Value.GetInt32()));
    }

    [Fact]
    public async Task WithoutAWinnerNothingIsWritten()
    {
        var run = await rig.ConductAsync(StepPlans.Of("synthesis"), "A", "A", "B", "B");

        Assert.Equal((Outcome.NoConsensus, null), (run.Outcome, run.Answer));
        Assert.Equal((StepStatus.Skipped, StepReason.NoWinner), (run.Steps![1].Status, run.Steps[1].Reason));
        Assert.Equal(4, rig.Models.Calls.Count);
    }

    [Fact]
    public async Task TheConfiguredModelWritesElseTheMostReliableThatAnswered()
    {
        rig.Models.Answer = call => call.IsStep() ? call.Writes("A") : null;
        var plan = StepPlans.Of("synthesis");
        plan = plan with { Decision = plan.Decision with { Reliability = new Dictionary<string, double> { ["m2"] = 0.9, ["m3"] = 0.99 } } };
        var reliable = await rig.ConductAsync(plan, "A", "A", "B", null);
        var configured = await rig.ConductAsync(plan with { Steps = plan.Steps! with { Synthesizer = plan.Steps.Catalog!.Find("j1") } }, "A", "A", "B", "C");

        Assert.Equal(("m2", "j1"), (Assert.Single(reliable.Steps![1].Calls).Model, Assert.Single(configured.Steps![1].Calls).Model));
    }
}

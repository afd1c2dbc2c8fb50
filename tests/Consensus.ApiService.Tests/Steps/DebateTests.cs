using Consensus.ApiService.Tests.FanOut;
using Consensus.ApiService.Tests.Runs;
using Consensus.Contracts.Runs;

namespace Consensus.ApiService.Tests.Steps;

public sealed class DebateTests
{
    private readonly RunRig rig = new();

    [Fact]
    public async Task AChangeWithANamedErrorCountsInANewVoteAndTheFirstAnswersStayVisible()
    {
        rig.Models.Answer = call => !call.IsStep() ? null : call.Model == "m2" ? call.Changes("I read the chart upside down.", "The answer is A.") : call.Keeps();
        var run = await rig.ConductAsync(StepPlans.Of("debate"), "A", "A", "B", "C");

        Assert.Equal((Outcome.Consensus, "A", 0.75), (run.Outcome, run.Answer!.Value!.Value.GetString(), run.Agreement));
        Assert.Equal(["A", "A", "B", "C"], run.Candidates!.Select(c => c.Answer!.Value!.Value.GetString()));
        Assert.Equal("B", run.Candidates![2].Text);
        Assert.Equal([0, 0, 0, 1], run.Candidates.Select(c => c.Cluster!.Value));
        var details = run.Steps![1].Details!.Value;
        Assert.Equal((1, 1, 3), (details.GetProperty("rounds").GetInt32(), details.GetProperty("towardMajority").GetInt32(), details.GetProperty("kept").GetInt32()));
        var change = Assert.Single(details.GetProperty("changes").EnumerateArray());
        Assert.Equal((2, "I read the chart upside down.", "B", "A", true), (
            change.GetProperty("candidate").GetInt32(), change.GetProperty("error").GetString(), change.GetProperty("from").GetString(), change.GetProperty("to").GetString(),
            change.GetProperty("towardMajority").GetBoolean()));
        Assert.Equal("plurality", details.GetProperty("before").GetProperty("outcome").GetString());
    }

    [Fact]
    public async Task AVoteThatWasChangedDoesNotMakeTheAnswerSurer()
    {
        rig.Models.Answer = call => !call.IsStep() ? null : call.Model is "m2" or "m3" ? call.Changes("The last step is wrong.", "A") : call.Keeps();
        var debated = await rig.ConductAsync(StepPlans.Of("debate"), "A", "A", "B", "C");
        var before = await new RunRig().ConductAsync(Plans.Of(4), "A", "A", "B", "C");

        Assert.Equal(1.0, debated.Agreement);
        Assert.Equal(before.Confidence!.Raw, debated.Confidence!.Raw);
    }

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("None.")]
    [InlineData("no error")]
    public async Task AChangeWithoutANamedErrorDoesNotCount(string error)
    {
        rig.Models.Answer = call => !call.IsStep() ? null : call.Model == "m2" ? call.Changes(error, "A") : call.Keeps();
        var run = await rig.ConductAsync(StepPlans.Of("debate"), "A", "A", "B", "C");

        Assert.Equal((Outcome.Plurality, 0.5), (run.Outcome, run.Agreement));
        Assert.Equal([2], run.Steps![1].Details!.Value.GetProperty("unnamed").EnumerateArray().Select(c => c.GetInt32()));
        Assert.Empty(run.Steps[1].Details!.Value.GetProperty("changes").EnumerateArray());
    }

    [Fact]
    public async Task AChangeThatLeavesTheMajorityIsNoFlipTowardIt()
    {
        rig.Models.Answer = call => !call.IsStep() ? null : call.Model == "m0" ? call.Changes("I added where I should subtract.", "B") : call.Keeps();
        var run = await rig.ConductAsync(StepPlans.Of("debate"), "A", "A", "B", "C");

        Assert.Equal("B", run.Answer!.Text);
        Assert.Equal(0, run.Steps![1].Details!.Value.GetProperty("towardMajority").GetInt32());
    }

    [Fact]
    public async Task ATextWithoutAnAnswerTakesNoVoteAway()
    {
        rig.Models.Answer = call => !call.IsStep() ? null : call.Model == "m0" ? call.Changes("All of it.", "Nobody can tell.") : call.Keeps();
        var run = await rig.ConductAsync(StepPlans.Of("debate"), "A", "A", "B", "C");

        Assert.Equal((0.5, "A"), (run.Agreement, run.Answer!.Text));
        var left = Assert.Single(run.Steps![1].Details!.Value.GetProperty("leftOut").EnumerateArray());
        Assert.Equal((0, "no_answer"), (left.GetProperty("candidate").GetInt32(), left.GetProperty("reason").GetString()));
    }

    [Fact]
    public async Task WhoFailsKeepsItsAnswer()
    {
        rig.Models.Answer = call => !call.IsStep() ? null : call.Model == "m3" ? ScriptedModels.Fails(FailureReason.RateLimited)
            : call.Model == "m2" ? call.Changes("A slip in the second line.", "A") : call.Keeps();
        var run = await rig.ConductAsync(StepPlans.Of("debate"), "A", "A", "B", "C");

        Assert.Equal((0.75, StepStatus.Completed), (run.Agreement, run.Steps![1].Status));
    }

    [Fact]
    public async Task EachSeesTheOtherAnswersOnceWithoutNamesOrNumbersOfHolders()
    {
        rig.Models.Answer = call => call.IsStep() ? call.Keeps() : null;
        await rig.ConductAsync(StepPlans.Of("debate", 5), "A", "A", "B", "B", "C");

        var prompt = rig.Models.Calls.Single(c => c.Call.IsStep() && c.Call.Model == "m4").Call.Prompt();
        Assert.Contains("<<<BEGIN your answer ", prompt, StringComparison.Ordinal);
        Assert.Contains("<<<BEGIN other answer 2 ", prompt, StringComparison.Ordinal);
        Assert.DoesNotContain("<<<BEGIN other answer 3 ", prompt, StringComparison.Ordinal);
        Assert.All(Enumerable.Range(0, 5), i => Assert.DoesNotContain($"m{i}", prompt, StringComparison.Ordinal));
    }

    [Fact]
    public async Task AConsensusIsNotDebated()
    {
        var run = await rig.ConductAsync(StepPlans.Of("debate"), "A", "A", "A", "B");

        Assert.Equal((StepStatus.Skipped, StepReason.NotContested), (run.Steps![1].Status, run.Steps[1].Reason));
        Assert.Equal(4, rig.Models.Calls.Count);
    }
}

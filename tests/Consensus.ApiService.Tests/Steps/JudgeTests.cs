using Consensus.ApiService.Runs;
using Consensus.ApiService.Scoring;
using Consensus.ApiService.Tests.FanOut;
using Consensus.ApiService.Tests.Runs;
using Consensus.Contracts.Runs;
using Consensus.Contracts.Scoring;
using Consensus.LanguageModels.Calling;

namespace Consensus.ApiService.Tests.Steps;

public sealed class JudgeTests
{
    private readonly RunRig rig = new();

    [Fact]
    public async Task TheBestGradedAnswerLeadsWithItsOwnShare()
    {
        rig.Models.Answer = call => call.IsStep() ? call.Grades(Shows(call, "B") ? "correct" : "incorrect") : null;
        var run = await rig.ConductAsync(StepPlans.Of("judge"), "A", "A", "B", "C");

        Assert.Equal((Outcome.Plurality, "B", 0.25), (run.Outcome, run.Answer!.Text, run.Agreement));
        Assert.Equal(9, run.Steps![1].Calls.Count);
        var details = run.Steps[1].Details!.Value;
        Assert.Equal(("correctness", "0123456789abcdef"), (details.GetProperty("rubric").GetString(), details.GetProperty("configVersion").GetString()));
        Assert.Equal([(0, 0.0), (2, 1.0), (3, 0.0)], details.GetProperty("candidates").EnumerateArray()
            .Select(c => (c.GetProperty("candidate").GetInt32(), c.GetProperty("score").GetDouble())));
    }

    [Fact]
    public async Task GradesThatTieLeaveTheVote()
    {
        rig.Models.Answer = call => call.IsStep() ? call.Grades(Shows(call, "A") ? "incorrect" : "correct") : null;
        var run = await rig.ConductAsync(StepPlans.Of("judge"), "A", "A", "B", "C");

        Assert.Equal((StepReason.Tie, "A", false), (run.Steps![1].Reason, run.Answer!.Text, run.Degraded));
    }

    [Fact]
    public async Task NothingIsPutOverAnAnswerThatNobodyGraded()
    {
        rig.Models.Answer = call => !call.IsStep() ? null : Shows(call, "A") ? ScriptedModels.Fails(FailureReason.Refused) : call.Grades("correct");
        var run = await rig.ConductAsync(StepPlans.Of("judge"), "A", "A", "B", "C");

        Assert.Equal((StepReason.TooFew, "A", true), (run.Steps![1].Reason, run.Answer!.Text, run.Degraded));
        Assert.Equal(3, run.Steps[1].Details!.Value.GetProperty("unscored").GetProperty("refused").GetInt32());
    }

    [Fact]
    public async Task AJudgeOfTheAnswersFamilyIsNotAskedForIt()
    {
        var plan = StepPlans.Of("judge").With(StepPlans.Scoring with { Judges = [new JudgeSettings { Model = "m0" }, new JudgeSettings { Model = "m2" }] });
        rig.Models.Answer = call => call.IsStep() ? call.Grades("correct") : null;
        var run = await rig.ConductAsync(plan, "A", "A", "B", "C");

        // m0 is of the family of A's holders, m2 of that of B's and C's.
        Assert.Equal(["m0", "m0", "m2"], run.Steps![1].Calls.Select(c => c.Model).Order());
    }

    [Fact]
    public async Task PairsAreAskedInBothOrdersAndWeighedWhereThePanelIsAnchored()
    {
        var plan = StepPlans.Of("judge").With(StepPlans.Scoring with
        {
            Judges = [new JudgeSettings { Model = "j0", Weight = 1 }],
            Panel = new JudgePanelSettings { Aggregation = PanelAggregation.Anchored },
            Pairwise = new PairwiseSettings { Enabled = true },
        });
        rig.Models.Answer = call => !call.IsStep() ? null
            : !call.Prompt().Contains("<<<BEGIN first answer", StringComparison.Ordinal) ? call.Grades("correct")
            : call.Prefers(Shows(call, "C", "first answer") ? "first" : Shows(call, "C", "second answer") ? "second" : "first");
        var run = await rig.ConductAsync(plan, "A", "A", "B", "C");

        Assert.Equal(("C", StepStatus.Completed), (run.Answer!.Text, run.Steps![1].Status));
        Assert.Equal(6, run.Steps[1].Calls.Count - 3);
        Assert.Equal("anchored", run.Steps[1].Details!.Value.GetProperty("aggregation").GetString());
    }

    [Fact]
    public async Task WithoutJudgesTheVoteHolds()
    {
        var none = await rig.ConductAsync(StepPlans.Of("judge").With(StepPlans.Scoring with { Judges = [] }), "A", "A", "B", "C");
        var unknown = await rig.ConductAsync(StepPlans.Of("judge").With(StepPlans.Scoring with { Judges = [new JudgeSettings { Model = "nobody" }] }), "A", "A", "B", "C");
        var unset = await rig.ConductAsync(StepPlans.Of("judge") with { Judge = null }, "A", "A", "B", "C");

        Assert.All([none, unknown, unset], run => Assert.Equal((StepReason.NoJudges, "A"), (run.Steps![1].Reason, run.Answer!.Text)));
    }

    private static bool Shows(ModelCall call, string text, string name = "answer") =>
        call.Prompt().Split('\n').SkipWhile(line => !line.StartsWith($"<<<BEGIN {name} ", StringComparison.Ordinal)).ElementAtOrDefault(1) == $"| {text}";
}

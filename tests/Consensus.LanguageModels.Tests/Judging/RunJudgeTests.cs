using Consensus.Contracts.Runs;
using Consensus.Contracts.Scoring;
using Consensus.LanguageModels.Calling;
using Consensus.LanguageModels.Judging.Panel;
using Consensus.LanguageModels.Judging.Rubrics;

namespace Consensus.LanguageModels.Tests.Judging;

public sealed class RunJudgeTests
{
    private static readonly ScriptedJudge Honest = new((call, _) => JudgedRuns.Honest(call));

    [Fact]
    public async Task EveryCandidateIsGradedByEveryJudgeOnEveryCriterion()
    {
        var config = JudgedRuns.Config("j/red", "j/blue") with { Rubric = ShippedRubrics.AnswerQuality };
        var work = JudgedRuns.Work(("x", "4", 0), ("y", "five", 1)) with { Rubric = ShippedRubrics.AnswerQuality };
        var judgement = await JudgedRuns.JudgeAsync(new((call, _) => JudgedRuns.Honest(call, menu => menu[1])), work, config);
        Assert.Equal(2 * 2 * 3, judgement.Scores.Count);
        Assert.All(judgement.Scores, score =>
        {
            var criterion = ShippedRubrics.Get(ShippedRubrics.AnswerQuality).Criteria.Single(c => c.Name == score.Criterion);
            Assert.Equal((criterion.Grades[1].Name, criterion.Grades[1].Score, null), (score.Grade, score.Value, score.Unscored));
            Assert.Equal(("pointwise@1", ScoreMethod.Pointwise, false, 20), (score.Prompt, score.Method, score.Repaired, score.LatencyMs));
            Assert.NotEmpty(score.Rationale!);
        });
        Assert.Equal(4, judgement.Answers.Count);
        Assert.Equal(400, judgement.Scores.Sum(score => score.Usage?.InputTokens ?? 0));
        Assert.Distinct(judgement.Scores.Select(score => (score.Candidate, score.Judge, score.Criterion)));
    }

    [Fact]
    public async Task EqualTextsAreGradedOnceAndTheGradeIsGivenToEach()
    {
        var judge = new ScriptedJudge((call, _) => JudgedRuns.Honest(call));
        var judgement = await JudgedRuns.JudgeAsync(judge, JudgedRuns.Work(("x", "4", 0), ("y", "4", 0), ("x", "4", 0)), JudgedRuns.Config("j/red"));
        Assert.Single(judge.Calls);
        Assert.Equal([0, 1, 2], judgement.Scores.Select(score => score.Candidate));
        Assert.Single(judgement.Scores, score => score.Usage is not null);
    }

    [Fact]
    public async Task AJudgeIsRecusedFromItsOwnFamilyAlsoWhereTheTextIsThatOfAnother()
    {
        var work = JudgedRuns.Work(("red", "4", 0), ("x", "4", 0), ("RED", "5", 1));
        var judgement = await JudgedRuns.JudgeAsync(Honest, work, JudgedRuns.Config("j/red"));
        Assert.Equal([UnscoredReason.Recused, null, UnscoredReason.Recused], judgement.Scores.OrderBy(score => score.Candidate).Select(score => score.Unscored));
        Assert.Single(judgement.Answers);
        var config = JudgedRuns.Config("j/red");
        Assert.DoesNotContain((await JudgedRuns.JudgeAsync(Honest, work, config with { Panel = new JudgePanelSettings { RecuseOwnFamily = false } })).Scores, score => score.Unscored is not null);
    }

    [Fact]
    public async Task AJudgeThatIsNotInTheCatalogIsUnknown()
    {
        var config = JudgedRuns.Config("j/absent") with { Pairwise = new() { Enabled = true }, Claims = new() { Enabled = true } };
        var judgement = await JudgedRuns.JudgeAsync(Honest, JudgedRuns.Work(("x", "The sum is 4.", 0), ("y", "The sum is 5.", 1)), config);
        Assert.All(judgement.Scores, score => Assert.Equal(UnscoredReason.UnknownModel, score.Unscored));
        Assert.Equal(2 + 2 + 2, judgement.Scores.Count);
        Assert.Empty(judgement.Answers);
    }

    [Fact]
    public async Task PairsAreAskedInBothOrdersAndTheVerdictNamesTheCandidate()
    {
        // The judge always prefers what it sees first.
        var config = JudgedRuns.Config("j/red") with { Pairwise = new() { Enabled = true } };
        var judgement = await JudgedRuns.JudgeAsync(Honest, JudgedRuns.Work(("x", "4", 0), ("y", "5", 1)), config);
        var pairs = judgement.Scores.Where(score => score.Method == ScoreMethod.Pairwise).ToArray();
        Assert.Equal([(0, 1, "ab", "candidate", 1.0), (0, 1, "ba", "opponent", 0.0)], pairs.Select(score => (score.Candidate, score.Opponent!.Value, score.Order!, score.Grade!, score.Value!.Value)));
        Assert.All(pairs, score => Assert.Equal(("better", "pairwise@1"), (score.Criterion, score.Prompt)));
    }

    [Fact]
    public async Task TheFirstOfEachClusterIsComparedBeforeTheSecondOfAny()
    {
        var config = JudgedRuns.Config("j/red") with { Pairwise = new() { Enabled = true, MaxCandidates = 3 } };
        var work = JudgedRuns.Work(("x", "4", 0), ("y", "four", 0), ("x", "4", 0), ("x", "5", 1), ("x", "6", 2), ("red", "7", 3));
        var pairs = (await JudgedRuns.JudgeAsync(Honest, work, config)).Scores.Where(score => score.Method == ScoreMethod.Pairwise);
        Assert.Equal([(0, 3), (0, 4), (3, 4)], pairs.Select(score => (score.Candidate, score.Opponent!.Value)).Distinct());
    }

    [Fact]
    public async Task ClaimsAreHeldAgainstWhatTheOthersWroteTenAtATime()
    {
        var config = JudgedRuns.Config("j/red") with { Claims = new() { Enabled = true, MaxClaims = 12 } };
        var many = string.Join(' ', Enumerable.Range(1, 30).Select(i => $"The number {i} is whole."));
        var judge = new ScriptedJudge((call, _) => JudgedRuns.Honest(call, menu => menu[^1]));
        var judgement = await JudgedRuns.JudgeAsync(judge, JudgedRuns.Work(("x", many, 0), ("y", "All are whole.", 1), ("z", "All are whole.", 1)), config);
        var claims = judgement.Scores.Where(score => score is { Method: ScoreMethod.Claim, Candidate: 0 }).ToArray();
        Assert.Equal(Enumerable.Range(1, 12).Select(i => ($"claim-{i}", $"The number {i} is whole.", "not_enough", (double?)0)), claims.Select(s => (s.Criterion, s.Claim!, s.Grade!, s.Value)));
        Assert.Equal(2, claims.Count(score => score.Usage is not null));
        var prompts = judge.Calls.Where(call => call.Schema!.Name == "labels").Select(JudgedRuns.Text).ToArray();
        Assert.Contains(prompts, prompt => prompt.Contains("<<<BEGIN source 1, 2 times ", StringComparison.Ordinal) && prompt.Contains("| All are whole.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task AGradeOffTheMenuLeavesTheOtherCriteriaScored()
    {
        var work = JudgedRuns.Work(("x", "4", 0)) with { Rubric = ShippedRubrics.AnswerQuality };
        var judge = new ScriptedJudge((call, _) => JudgedRuns.Honest(call, menu => menu.Contains("full") ? "excellent" : menu[0]));
        var scores = (await JudgedRuns.JudgeAsync(judge, work, JudgedRuns.Config("j/red"))).Scores;
        Assert.Equal(2, judge.Calls.Count);
        Assert.Equal([null, UnscoredReason.OffMenu, null], scores.Select(score => score.Unscored));
        Assert.All(scores, score => Assert.True(score.Repaired));
        Assert.Null(scores[1].Value);
    }

    [Fact]
    public async Task AClaimThatTheJudgeLeavesOutIsUnscoredAlone()
    {
        var config = JudgedRuns.Config("j/red") with { Claims = new() { Enabled = true } };
        var judge = new ScriptedJudge((call, _) => call.Schema!.Name != "labels" ? JudgedRuns.Honest(call)
            : ScriptedJudge.Says($$"""{"ticket":"{{JudgedRuns.TicketOf(call)}}","claims":[{"claim":1,"rationale":"r","label":"Supported"}]}"""));
        var scores = (await JudgedRuns.JudgeAsync(judge, JudgedRuns.Work(("x", "The sum is 4. Four is even.", 0), ("y", "4", 0)), config)).Scores;
        var claims = scores.Where(score => score is { Method: ScoreMethod.Claim, Candidate: 0 }).ToArray();
        Assert.Equal([("supported", null), (null, UnscoredReason.Malformed)], claims.Select(score => (score.Grade, score.Unscored)));
    }

    [Fact]
    public async Task AJudgeThatFailsIsUnscoredWithItsReasonAndTheOthersCount()
    {
        var judge = new ScriptedJudge((call, _) => call.Model == "j/red" ? ScriptedJudge.Fails(FailureReason.RateLimited) : JudgedRuns.Honest(call));
        var judgement = await JudgedRuns.JudgeAsync(judge, JudgedRuns.Work(("x", "4", 0)), JudgedRuns.Config("j/red", "j/blue"));
        Assert.Equal([("j/red", UnscoredReason.RateLimited, null), ("j/blue", (UnscoredReason?)null, (double?)1)], judgement.Scores.Select(score => (score.Judge, score.Unscored, score.Value)));
        Assert.Equal("It failed.", judgement.Scores[0].Rationale);
    }

    [Fact]
    public async Task NoMoreQuestionsAreOpenAtOnceThanTheConfigurationAllows()
    {
        var (open, most) = (0, 0);
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        async Task<ModelReply> AskAsync(ModelCall call, CancellationToken cancellationToken)
        {
            if (Interlocked.Increment(ref open) is var now && now > Volatile.Read(ref most))
            {
                Volatile.Write(ref most, now);
            }

            if (now == 3)
            {
                release.TrySetResult();
            }

            await release.Task.WaitAsync(TimeSpan.FromSeconds(30), cancellationToken);
            Interlocked.Decrement(ref open);
            return JudgedRuns.Honest(call);
        }

        var config = JudgedRuns.Config("j/red", "j/blue", "j/green") with { Jobs = new JudgeJobLimits { Concurrency = 3 } };
        await new RunJudge(JudgedRuns.Catalog, AskAsync).JudgeAsync(JudgedRuns.Work(("x", "4", 0), ("x", "5", 1), ("x", "6", 2), ("x", "7", 3)), config, default);
        Assert.Equal(3, most);
    }

    [Fact]
    public async Task TheSameRunGivesTheSamePromptsAndScores()
    {
        var config = JudgedRuns.Config("j/red", "j/blue") with { Pairwise = new() { Enabled = true }, Claims = new() { Enabled = true } };
        var work = JudgedRuns.Work(("x", "The sum is 4.", 0), ("y", "The sum is 5.", 1));
        var (first, second) = (new ScriptedJudge((call, _) => JudgedRuns.Honest(call)), new ScriptedJudge((call, _) => JudgedRuns.Honest(call)));
        Assert.Equal((await JudgedRuns.JudgeAsync(first, work, config)).Scores, (await JudgedRuns.JudgeAsync(second, work, config)).Scores);
        Assert.Equal(first.Calls.Select(JudgedRuns.Text).Order(StringComparer.Ordinal), second.Calls.Select(JudgedRuns.Text).Order(StringComparer.Ordinal));
        Assert.Equal(first.Calls.Count, first.Calls.Select(JudgedRuns.TicketOf).Distinct().Count());
    }

    [Fact]
    public async Task ARubricThatTheConfigurationLacksIsAnError() =>
        await Assert.ThrowsAsync<KeyNotFoundException>(() => JudgedRuns.JudgeAsync(Honest, JudgedRuns.Work(("x", "4", 0)) with { Rubric = "absent" }, JudgedRuns.Config("j/red")));
}

using System.Text.Json;
using Consensus.ApiService.Tests.Auth;
using Consensus.ApiService.Tests.Hosting;
using Consensus.Contracts.Client;
using Consensus.Contracts.Errors;
using Consensus.Contracts.Json;
using Consensus.Contracts.Runs;
using Consensus.Contracts.Scoring;

namespace Consensus.ApiService.Tests.Scoring;

/// <summary>What judges made of one run.</summary>
public sealed class RunScoresTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Two judges on three candidates, worked out by hand: weights 3 and 1.</summary>
    private static Score[] Worked { get; } =
    [
        // Candidate 0: judge 1 → 1, critic → (3·½ + 1·1)/4 = 0.625; median of two 0.8125.
        JudgedApi.Scored(0, "yes"), JudgedApi.Scored(0, "yes", criterion: "clear"),
        JudgedApi.Scored(0, "partly", "sim/critic"), JudgedApi.Scored(0, "yes", "sim/critic", "clear"),
        // Candidate 1: judge 1 lacks a criterion → none; critic recused → not asked.
        JudgedApi.Scored(1, "yes"), JudgedApi.Unscored(1, UnscoredReason.OffMenu, criterion: "clear"),
        JudgedApi.Unscored(1, UnscoredReason.Recused, "sim/critic"), JudgedApi.Unscored(1, UnscoredReason.Recused, "sim/critic", "clear"),
        // Candidate 2: judge 1 → 0.25, critic → 0; median 0.125.
        JudgedApi.Scored(2, "no"), JudgedApi.Scored(2, "yes", criterion: "clear"),
        JudgedApi.Scored(2, "no", "sim/critic"), JudgedApi.Scored(2, "no", "sim/critic", "clear"),
        // The pair (0, 2): judge 1 for 0 in both orders, critic flips.
        Pair("sim/judge", "ab", "candidate"), Pair("sim/judge", "ba", "candidate"), Pair("sim/critic", "ab", "candidate"), Pair("sim/critic", "ba", "opponent"),
        Claim(1, "supported"), Claim(2, "contradicted"), Claim(3, "not_enough"), Claim(4, "supported"),
    ];

    [Fact]
    public async Task ThePanelsFiguresAreThoseOfItsGrades()
    {
        await using var api = await JudgedApi.StartAsync();
        var work = await api.BegunAsync();
        await api.SubmitAsync(JudgedApi.Of(work, Worked));

        var scores = await api.Client.GetRunScoresAsync(work.RunId, null, Token);
        Assert.Equal((work.RunId, work.JobId, JudgeJobState.Done), (scores.RunId, scores.Job!.JobId, scores.Job.State));
        Assert.Equal(
            [
                new CandidateScore { Candidate = 0, Model = "m0", Cluster = 0, Score = 0.8125, Scored = 2, Asked = 2, WinRate = 1, HallucinationRate = 0.5 },
                new CandidateScore { Candidate = 2, Model = "m2", Cluster = 1, Score = 0.125, Scored = 2, Asked = 2, WinRate = 0 },
                new CandidateScore { Candidate = 1, Model = "m1", Cluster = 0, Score = null, Scored = 0, Asked = 1 },
            ],
            scores.Candidates);
        Assert.Equal(
            [
                new JudgeSummary { Judge = "sim/judge", Asked = 12, Unscored = 1, Mean = 0.625, FlipRate = 0, FirstShown = 0.5 },
                new JudgeSummary { Judge = "sim/critic", Asked = 6, Unscored = 0, Mean = 0.3125, FlipRate = 1, FirstShown = 1 },
            ],
            scores.Judges);
        Assert.NotNull(scores.Alpha);
        Assert.Equal(0.3125, scores.Spread);
        Assert.Equal(Worked, scores.Scores);
    }

    [Fact]
    public async Task TheStoredRunSaysInShortWhatJudgesMadeOfIt()
    {
        await using var api = await JudgedApi.StartAsync();
        var work = await api.BegunAsync();
        var before = await api.Client.GetRunAsync(work.RunId, Token);
        Assert.Null(before.Scores);
        Assert.Equal($"/v1/runs/{work.RunId}/scores", before.Links["scores"]);
        var waiting = await api.Client.GetRunScoresAsync(work.RunId, null, Token);
        Assert.Equal((null, 0, 0), (waiting.Job, waiting.Candidates.Count, waiting.Scores.Count));

        await api.SubmitAsync(JudgedApi.Of(work, Worked));
        var summary = (await api.Client.GetRunAsync(work.RunId, Token)).Scores!.Value.Deserialize(ConsensusJson.Default.RunScoreSummary)!;
        Assert.Equal((work.JobId, "quality", 0.8125, 0), (summary.JobId, summary.Rubric, summary.Score, summary.Candidate));
        Assert.Equal((await api.Client.GetJudgeJobAsync(work.JobId, Token)).FinishedAt, summary.JudgedAt);
    }

    [Fact]
    public async Task ARunIsFlaggedByTheThresholdsOfItsConfiguration()
    {
        await using var strict = await JudgedApi.StartAsync(JudgedApi.Config with { Thresholds = new ScoringThresholds(LowScore: 0.9, LowAlpha: 1, UnscoredShare: 0.01) });
        Assert.Equal(["low_score", "judges_disagree", "mostly_unscored"], await FlagsAsync(strict));
        await using var mild = await JudgedApi.StartAsync(JudgedApi.Config with { Thresholds = new ScoringThresholds(LowScore: 0.8, LowAlpha: -1, UnscoredShare: 0.1) });
        Assert.Empty(await FlagsAsync(mild));

        static async Task<IReadOnlyList<string>> FlagsAsync(JudgedApi api)
        {
            var work = await api.BegunAsync();
            await api.SubmitAsync(JudgedApi.Of(work, Worked));
            return (await api.Client.GetRunScoresAsync(work.RunId, null, Token)).Flags;
        }
    }

    [Fact]
    public async Task JudgesThatAreNearlyAtOneAreNotSaidToDisagreeForACandidateScoredLikeTheOthers()
    {
        await using var api = await JudgedApi.StartAsync(JudgedApi.Config with { Thresholds = new ScoringThresholds(LowScore: 0, LowAlpha: 1, UnscoredShare: 1) });
        var work = await api.BegunAsync();
        string[] judges = [.. JudgedApi.Config.Judges.Select(judge => judge.Model)];
        Score[] alike =
        [
            .. from judge in judges from candidate in Enumerable.Range(0, 3) from criterion in (string[])["correct", "clear"]
            select JudgedApi.Scored(candidate, (judge, candidate, criterion) == (judges[1], 2, "clear") ? "no" : "yes", judge, criterion),
        ];
        await api.SubmitAsync(JudgedApi.Of(work, alike));
        var scores = await api.Client.GetRunScoresAsync(work.RunId, null, Token);
        // One judge's 0.75 among ones: alpha takes it for no better than chance.
        Assert.Equal(0.25 / 3, scores.Spread!.Value, 12);
        Assert.True(scores.Alpha < 0.1);
        Assert.Empty(scores.Flags);
    }

    [Fact]
    public async Task ARunWithoutAnAnswerIsNotFlaggedForAScoreOfAnAnswer()
    {
        await using var api = await JudgedApi.StartAsync(JudgedApi.Config with { Thresholds = new ScoringThresholds(LowScore: 1, LowAlpha: -1, UnscoredShare: 1) });
        var work = await api.BegunAsync(null, "1", "2", "3");
        await api.SubmitAsync(JudgedApi.Of(work, JudgedApi.Scored(0, "no"), JudgedApi.Scored(0, "no", criterion: "clear")));
        Assert.Empty((await api.Client.GetRunScoresAsync(work.RunId, null, Token)).Flags);
        var summary = (await api.Client.GetRunAsync(work.RunId, Token)).Scores!.Value.Deserialize(ConsensusJson.Default.RunScoreSummary)!;
        Assert.Equal((null, null), (summary.Score, summary.Candidate));
    }

    [Fact]
    public async Task TheNewestJudgementIsShownOrTheOneAskedFor()
    {
        await using var api = await JudgedApi.StartAsync();
        var first = await api.BegunAsync();
        await api.SubmitAsync(JudgedApi.Of(first, JudgedApi.Scored(0, "no")));
        var strict = await api.Client.JudgeRunAsync(new JudgeJobRequest(first.RunId, "strict"), Token);
        var second = await api.Client.BeginJudgeJobAsync(strict.JobId, "w", Token);
        Assert.Equal(first.JobId, (await api.Client.GetRunScoresAsync(first.RunId, null, Token)).Job!.JobId);
        await api.SubmitAsync(JudgedApi.Of(second, JudgedApi.Scored(0, "yes")));

        Assert.Equal(second.JobId, (await ScoresAsync(null)).Job!.JobId);
        Assert.Equal(first.JobId, (await ScoresAsync(new ScoreQuery { JobId = first.JobId })).Job!.JobId);
        Assert.Equal(first.JobId, (await ScoresAsync(new ScoreQuery { Rubric = "quality@2" })).Job!.JobId);
        Assert.Null((await ScoresAsync(new ScoreQuery { Rubric = "beauty" })).Job);
        var missing = await Assert.ThrowsAsync<ConsensusApiException>(() => ScoresAsync(new ScoreQuery { JobId = Guid.CreateVersion7() }));
        Assert.Equal("job_not_found", missing.Code);

        Task<RunScores> ScoresAsync(ScoreQuery? query) => api.Client.GetRunScoresAsync(first.RunId, query, Token);
    }

    [Fact]
    public async Task FiltersChooseSingleScoresAndLeaveTheFigures()
    {
        await using var api = await JudgedApi.StartAsync();
        var work = await api.BegunAsync();
        await api.SubmitAsync(JudgedApi.Of(work, Worked));
        var whole = await api.Client.GetRunScoresAsync(work.RunId, null, Token);
        foreach (var (query, count) in new (ScoreQuery, int)[]
                 {
                     (new ScoreQuery { Judge = "sim/critic" }, 8), (new ScoreQuery { Model = "m2" }, 4), (new ScoreQuery { Method = ScoreMethod.Claim }, 4),
                     (new ScoreQuery { Unscored = true }, 3), (new ScoreQuery { Min = 0.5, Max = 0.5 }, 1), (new ScoreQuery { To = DateTimeOffset.UnixEpoch }, 0),
                 })
        {
            var part = await api.Client.GetRunScoresAsync(work.RunId, query, Token);
            Assert.Equal(count, part.Scores.Count);
            Assert.Equal(whole.Candidates, part.Candidates);
        }

        using var wrong = await api.App.Http.GetAsync($"/v1/runs/{work.RunId}/scores?limit=1&min=2&job=x", Token);
        Assert.Equal(["job invalid_value", "limit unknown_member", "min out_of_range"], (await wrong.ViolationsAsync()).Order());
    }

    [Fact]
    public async Task RunsAreListedByWhetherTheyWereJudged()
    {
        await using var api = await JudgedApi.StartAsync();
        var work = await api.BegunAsync();
        var other = await api.BegunAsync();
        await api.SubmitAsync(JudgedApi.Of(work, JudgedApi.Scored(0, "yes")));
        Assert.Equal([work.RunId], (await api.Client.ListRunsAsync(new RunQuery { HasScore = true }, Token)).Items.Select(r => r.RunId));
        Assert.Equal([other.RunId], (await api.Client.ListRunsAsync(new RunQuery { HasScore = false }, Token)).Items.Select(r => r.RunId));
        Assert.Equal(["hasScore invalid_value"], await (await api.App.Http.GetAsync("/v1/runs?hasScore=yes", Token)).ViolationsAsync());
    }

    [Fact]
    public async Task AKeySeesTheScoresOfItsOwnRuns()
    {
        await using var api = await JudgedApi.StartAsync(KeyedApi.Settings);
        var (alice, bob, worker) = (api.As("alice"), api.As("bob"), api.As("worker"));
        var run = await api.RunAsync(alice);
        var job = await alice.JudgeRunAsync(new JudgeJobRequest(run), Token);
        await worker.SubmitScoresAsync(JudgedApi.Of(await worker.BeginJudgeJobAsync(job.JobId, "w", Token), JudgedApi.Scored(0, "yes")), Token);

        Assert.Single((await alice.GetRunScoresAsync(run, null, Token)).Scores);
        Assert.Equal("run_not_found", (await Assert.ThrowsAsync<ConsensusApiException>(() => bob.GetRunScoresAsync(run, null, Token))).Code);
        Assert.Equal((1, 0), ((await alice.ListScoresAsync(null, Token)).Items.Count, (await bob.ListScoresAsync(null, Token)).Items.Count));
        Assert.Equal((1, 0), ((await alice.ListModelScoresAsync(null, Token)).Jobs, (await bob.ListModelScoresAsync(null, Token)).Jobs));
        Assert.Equal((1, 0), ((await api.As("root").ListModelScoresAsync(null, Token)).Jobs, (await bob.ListScoresAsync(new ScoreQuery { JobId = job.JobId }, Token)).Items.Count));
    }

    private static Score Pair(string judge, string order, string grade) => new()
    {
        Candidate = 0, Opponent = 2, Order = order, Judge = judge, Criterion = "better", Method = ScoreMethod.Pairwise, Grade = grade, Value = grade == "candidate" ? 1 : 0, Prompt = "pairwise@1",
    };

    private static Score Claim(int number, string grade) => new()
    {
        Candidate = 0, Judge = "sim/judge", Criterion = $"claim-{number}", Method = ScoreMethod.Claim, Claim = $"Claim {number}.", Grade = grade, Value = grade == "supported" ? 1 : 0, Prompt = "claim@1",
    };
}

using Consensus.Contracts.Scoring;
using Consensus.Storage.Runs;
using Consensus.Storage.Tests.Making;
using FsCheck.Xunit;

namespace Consensus.Storage.Tests.Scoring;

/// <summary>Scores: each once, scored over unscored, texts by the privacy level.</summary>
public class ScoreTests
{
    [Fact]
    public async Task AScoreComesBackWholeWithWhatItBelongsTo()
    {
        await using var rig = new JudgeRig();
        var run = JudgeRig.Judgeable();
        var job = await rig.StoreAsync(run);
        Score[] scores =
        [
            JudgeRig.Scored(1, value: 0.25) with { Repaired = true, Rationale = "nul \0 inside" },
            new() { Candidate = 0, Opponent = 1, Order = "ba", Judge = "sim/judge", Criterion = "better", Method = ScoreMethod.Pairwise, Grade = "tie", Value = 0.5, Prompt = "pairwise@1" },
            new() { Candidate = 0, Judge = "sim/judge", Criterion = "claim-1", Method = ScoreMethod.Claim, Claim = "17 * 23 is 391.", Unscored = UnscoredReason.OffMenu, Prompt = "claim@1", Rationale = "said \"yes\"" },
        ];
        var submitted = await rig.SubmitAsync(job, await rig.BeginAsync(job), scores);
        Assert.Equal(new ScoreReceipt(job, JudgeJobState.Done, 3, 0), submitted.Receipt);

        Assert.Equal(scores, await rig.ScoresAsync(job));
        var stored = (await rig.Log.ListScoresAsync(new(), JudgeRig.Token)).Items[^1];
        Assert.Equal((run.RunId, job, "sim/bob", "quality@1", "0123456789abcdef", Make.Noon), (stored.RunId, stored.JobId, stored.Model, stored.Rubric, stored.ConfigVersion, stored.ScoredAt));
        Assert.Equal(scores, (await rig.Log.FindJobScoresAsync(run.RunId, null, null, null, JudgeRig.Token))!.Scores.Select(s => s.Score));
    }

    [Fact]
    public async Task ScoredReplacesUnscoredAndNothingReplacesScored()
    {
        await using var rig = new JudgeRig();
        var job = await rig.StoreAsync();
        var attempt = await rig.BeginAsync(job);
        await rig.SubmitAsync(job, attempt, JudgeRig.Unscored());
        rig.Time.Advance(TimeSpan.FromMinutes(1));

        var other = await rig.SubmitAsync(job, attempt, JudgeRig.Unscored(reason: UnscoredReason.Refused));
        Assert.Equal((0, 1, false), (other.Receipt.Stored, other.Receipt.Known, other.Changed));
        Assert.Equal(UnscoredReason.Timeout, Assert.Single(await rig.ScoresAsync(job)).Unscored);

        var scored = await rig.SubmitAsync(job, attempt, JudgeRig.Scored(value: 0.75));
        Assert.Equal((1, 0, true), (scored.Receipt.Stored, scored.Receipt.Known, scored.Changed));
        Assert.Equal(JudgeRig.Scored(value: 0.75), Assert.Single(await rig.ScoresAsync(job)));
        Assert.Equal(rig.Time.GetUtcNow(), Assert.Single((await rig.Log.ListScoresAsync(new(), JudgeRig.Token)).Items).ScoredAt);

        Assert.False((await rig.SubmitAsync(job, attempt, JudgeRig.Scored(value: 0.1))).Changed);
        Assert.False((await rig.SubmitAsync(job, attempt, JudgeRig.Unscored())).Changed);
        Assert.Equal(0.75, Assert.Single(await rig.ScoresAsync(job)).Value);
    }

    [Fact]
    public async Task AScoreOfACandidateThatIsNotThereStoresNothingOfItsSubmission()
    {
        await using var rig = new JudgeRig();
        var job = await rig.StoreAsync();
        var attempt = await rig.BeginAsync(job);
        await Assert.ThrowsAsync<ArgumentException>(() => rig.SubmitAsync(job, attempt, JudgeRig.Scored(), JudgeRig.Scored(candidate: 7)));
        Assert.Empty(await rig.ScoresAsync(job));
        Assert.Equal(JudgeJobState.Pending, (await rig.JobAsync(job)).State);
    }

    [Fact]
    public async Task EachJobOfARunHasItsOwnScores()
    {
        await using var rig = new JudgeRig();
        var run = JudgeRig.Judgeable();
        var first = await rig.StoreAsync(run);
        var second = JudgeRig.NewJob();
        await rig.Log.AddJudgeJobAsync(run.RunId, second, _ => true, JudgeRig.Token);
        await rig.SubmitAsync(first, await rig.BeginAsync(first), JudgeRig.Scored(value: 0));
        Assert.Equal(first, (await rig.Log.FindJobScoresAsync(run.RunId, null, null, null, JudgeRig.Token))!.Job.JobId);

        await rig.SubmitAsync(second.JobId, await rig.BeginAsync(second.JobId), JudgeRig.Scored(value: 1));
        Assert.Equal(second.JobId, (await rig.Log.FindJobScoresAsync(run.RunId, null, null, null, JudgeRig.Token))!.Job.JobId);
        Assert.Equal(0, Assert.Single((await rig.Log.FindJobScoresAsync(run.RunId, first, null, null, JudgeRig.Token))!.Scores).Score.Value);
        Assert.Null(await rig.Log.FindJobScoresAsync(Guid.CreateVersion7(), first, null, null, JudgeRig.Token));
        Assert.Null(await rig.Log.FindJobScoresAsync(run.RunId, first, null, "bob", JudgeRig.Token));
    }

    [Fact]
    public async Task TextsAreStoredAsThePrivacyLevelLetsThem()
    {
        await using var rig = new JudgeRig(RunContent.Redacted, text => text.Replace("secret", "[redacted]", StringComparison.Ordinal));
        var run = JudgeRig.Judgeable();
        var job = await rig.StoreAsync(run with { Request = run.Request! with { Prompt = "a secret?" } });
        var work = (await rig.Log.BeginAttemptAsync(job, 3, JudgeRig.Token)).Work!;
        Assert.Equal("a [redacted]?", Assert.Single(work.Messages).Content);

        await rig.Log.SubmitScoresAsync(
            new ScoreSubmission
            {
                JobId = job, Attempt = 1, Scores = [JudgeRig.Scored(rationale: "the secret") with { Claim = "my secret" }],
                Failure = new AttemptFailure(AttemptFailureReason.Internal, "no secret"),
            },
            "quality@1", JudgeRig.Rule, by: null, JudgeRig.Token);
        var score = Assert.Single(await rig.ScoresAsync(job));
        Assert.Equal(("the [redacted]", "my [redacted]", "no [redacted]"), (score.Rationale, score.Claim, (await rig.JobAsync(job)).Message));
        Assert.True(rig.File.Holds("the [redacted]"));
        Assert.False(rig.File.Holds("secret\""));
    }

    /// <summary>Any order of begins, repeated and split submissions, failures and retries stores each score once, and the best that was told of it.</summary>
    [Property(MaxTest = 30)]
    public async Task AnyInterleavingStoresEachScoreOnce(int seed)
    {
        await using var rig = new JudgeRig();
        var job = await rig.StoreAsync();
        var random = new Random(seed);
        (int Candidate, string Judge, string Criterion)[] keys = [.. from c in new[] { 0, 1 } from j in new[] { "j1", "j2" } from k in new[] { "a", "b" } select (c, j, k)];
        var told = new Dictionary<(int, string, string), List<Score>>();
        for (var step = 0; step < 25; step++)
        {
            if (random.Next(3) == 0)
            {
                await rig.Log.BeginAttemptAsync(job, JudgeRig.Rule.MaxAttempts, JudgeRig.Token);
                continue;
            }

            random.Shuffle(keys);
            Score[] scores = [.. keys.Take(random.Next(keys.Length + 1)).Select(Made)];
            var failure = random.Next(2) == 0 ? null : new AttemptFailure((AttemptFailureReason)random.Next(5), "no");
            var submission = new ScoreSubmission { JobId = job, Attempt = random.Next(1, 4), Scores = scores, Failure = failure };
            await Task.WhenAll(Enumerable.Range(0, random.Next(1, 4)).Select(_ => rig.Log.SubmitScoresAsync(submission, "quality@1", JudgeRig.Rule, by: null, JudgeRig.Token)));
            foreach (var score in scores)
                (told.TryGetValue(Key(score), out var list) ? list : told[Key(score)] = []).Add(score);
            if (random.Next(4) == 0)
                await rig.Log.RetryJudgeJobAsync(job, _ => true, JudgeRig.Token);
        }

        var stored = await rig.ScoresAsync(job);
        Assert.Equal(told.Keys.Order(), stored.Select(Key).Order());
        Assert.All(stored, score => Assert.Equal(told[Key(score)].Find(one => one.Value is not null) ?? told[Key(score)][0], score));

        Score Made((int Candidate, string Judge, string Criterion) key) => random.Next(2) == 0
            ? JudgeRig.Unscored(key.Candidate, key.Judge, key.Criterion, (UnscoredReason)random.Next(5))
            : JudgeRig.Scored(key.Candidate, key.Judge, key.Criterion, random.Next(5) / 4.0);

        static (int, string, string) Key(Score score) => (score.Candidate, score.Judge, score.Criterion);
    }
}

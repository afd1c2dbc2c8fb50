using Consensus.Contracts.Scoring;
using Consensus.Scoring.Tests.Support;
using Consensus.Testing;

namespace Consensus.Scoring.Tests.Judging;

/// <summary>What becomes of a job that was taken, whatever happens on the way. Redis has no part in it: Garnet stands for both.</summary>
public sealed class JobRunnerTests
{
    [Fact]
    public async Task WhileTheApiIsAwayTheJobIsHeldAndThenJudged()
    {
        await using var rig = await Rig.StartAsync(TestRedis.Garnet);
        rig.Api.IsAway = true;
        var job = rig.Api.Add();
        await rig.Queue.SendAsync(job);
        await using var worker = await rig.WorkerAsync();
        await Eventually.HoldsAsync(() => Volatile.Read(ref rig.Api.TurnedAway) >= 2, "the worker has asked twice");
        Assert.Equal(1, await rig.Queue.TakenAsync());

        rig.Api.IsAway = false;
        await Eventually.HoldsAsync(() => rig.Queue.IsGoneAsync(job), "the job is gone from Redis");
        Assert.Equal(1, Assert.Single(rig.Api.Submissions).Attempt);
    }

    [Fact]
    public async Task AJobThatIsUnknownOrFinishedIsDropped()
    {
        await using var rig = await Rig.StartAsync(TestRedis.Garnet);
        var finished = rig.Api.Add();
        await rig.Queue.SendAsync(finished);
        await using var worker = await rig.WorkerAsync();
        await Eventually.HoldsAsync(() => rig.Queue.IsGoneAsync(finished), "it is judged");

        foreach (var job in (Guid[])[finished, Guid.CreateVersion7()])
        {
            await rig.Queue.SendAsync(job);
            await Eventually.HoldsAsync(() => rig.Queue.IsGoneAsync(job), "it is dropped");
        }

        Assert.Single(rig.Api.Submissions);
    }

    [Fact]
    public async Task AFaultOfTheJudgesIsAFailedAttemptThatTellsNothingOfTheContent()
    {
        var failure = await FailureOfAsync((_, _, _) => throw new InvalidOperationException("a secret of the prompt"));
        Assert.Equal(AttemptFailureReason.Internal, failure.Reason);
        Assert.DoesNotContain("secret", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task JudgesThatAreAllAwayAreAFailedAttemptWithItsScores()
    {
        await using var rig = await Rig.StartAsync(TestRedis.Garnet);
        await rig.Queue.SendAsync(rig.Api.Add());
        await using var worker = await rig.WorkerAsync((_, _, _) => Task.FromResult<IReadOnlyList<Score>>([Scores.Without(UnscoredReason.Unavailable)]));
        await Eventually.HoldsAsync(() => !rig.Api.Submissions.IsEmpty, "the attempt has ended");
        var submission = rig.Api.Submissions.First();
        Assert.Equal(AttemptFailureReason.JudgesUnavailable, submission.Failure?.Reason);
        Assert.Single(submission.Scores);
    }

    [Fact]
    public async Task AnAttemptThatTakesTooLongFails()
    {
        var failure = await FailureOfAsync(
            async (_, _, cancel) =>
            {
                await Task.Delay(Timeout.Infinite, cancel);
                return [];
            },
            config => config with { Jobs = new JudgeJobLimits { TimeoutSeconds = 1 } });
        Assert.Equal(AttemptFailureReason.Timeout, failure.Reason);
    }

    [Fact]
    public async Task ScoresThatAreRefusedAreAFailedAttempt()
    {
        await using var rig = await Rig.StartAsync(TestRedis.Garnet);
        rig.Api.RefusesScores = true;
        await rig.Queue.SendAsync(rig.Api.Add());
        await using var worker = await rig.WorkerAsync();
        await Eventually.HoldsAsync(() => !rig.Api.Submissions.IsEmpty, "the attempt has ended");
        var submission = rig.Api.Submissions.First();
        Assert.Empty(submission.Scores);
        Assert.Contains("validation_failed", submission.Failure?.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("judges")]
    [InlineData("rubric")]
    [InlineData("schema")]
    public async Task WhatCannotBeJudgedIsSaidAtOnce(string missing)
    {
        var failure = await FailureOfAsync(RunningWorker.Graded, config => missing switch
        {
            "judges" => config with { Judges = [] },
            "rubric" => config with { Rubrics = [] },
            _ => config with { SchemaVersion = 2 },
        });
        Assert.Equal(AttemptFailureReason.NotJudgeable, failure.Reason);
    }

    private static async Task<AttemptFailure> FailureOfAsync(Scoring.Judging.JudgeRun judge, Func<ScoringConfig, ScoringConfig>? change = null)
    {
        await using var rig = await Rig.StartAsync(TestRedis.Garnet);
        rig.Api.Config = (change ?? (static config => config))(rig.Api.Config);
        var job = rig.Api.Add();
        await rig.Queue.SendAsync(job);
        await using var worker = await rig.WorkerAsync(judge);
        await Eventually.HoldsAsync(() => rig.Queue.IsGoneAsync(job), "the attempt has ended");
        return Assert.Single(rig.Api.Submissions).Failure!;
    }
}

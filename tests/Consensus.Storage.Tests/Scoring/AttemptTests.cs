using Consensus.Contracts.Scoring;
using Consensus.Storage.Scoring;
using Consensus.Storage.Tests.Making;

namespace Consensus.Storage.Tests.Scoring;

/// <summary>The life of a job: attempts, retries and dead letters.</summary>
public class AttemptTests
{
    [Fact]
    public async Task AnAttemptHasAllThatIsNeededToJudge()
    {
        await using var rig = new JudgeRig();
        var run = JudgeRig.Judgeable();
        var job = await rig.StoreAsync(run);
        var work = (await rig.Log.BeginAttemptAsync(job, 3, JudgeRig.Token)).Work!;
        Assert.Equal((job, run.RunId, 1, "quality", "0123456789abcdef"), (work.JobId, work.RunId, work.Attempt, work.Rubric, work.ConfigVersion));
        Assert.Equal(("user", "What is 17 * 23?"), (Assert.Single(work.Messages).Role, work.Messages[0].Content));
        Assert.Equal([(0, "sim/ada", "a", "391", 0), (1, "sim/bob", "sim/bob", "400", 1)], work.Candidates.Select(c => (c.Id, c.Model, c.Family, c.Text, c.Cluster ?? -1)));
    }

    [Fact]
    public async Task AFailedAttemptIsTriedAgainLaterAndLaterAndThenGivenUp()
    {
        await using var rig = new JudgeRig();
        var job = await rig.StoreAsync();
        List<double?> waits = [];
        for (var attempt = 1; attempt <= 3; attempt++)
        {
            Assert.Equal([job], await rig.DueAsync());
            Assert.Equal(attempt, await rig.BeginAsync(job));
            var failed = await rig.FailAsync(job, attempt, AttemptFailureReason.JudgesUnavailable);
            Assert.Equal(attempt == 3 ? JudgeJobState.Dead : JudgeJobState.Pending, failed.Receipt.State);
            Assert.Empty(await rig.DueAsync());
            var after = await rig.JobAsync(job);
            Assert.Equal((attempt, "judges_unavailable", "It went wrong."), (after.Attempts, after.Reason, after.Message));
            var wait = after.NotBefore - rig.Time.GetUtcNow();
            waits.Add(wait?.TotalSeconds);
            rig.Time.Advance(wait ?? TimeSpan.Zero);
        }

        Assert.Equal([10, 15, null], waits);
        var dead = await rig.JobAsync(job);
        Assert.Equal((JudgeJobState.Dead, rig.Time.GetUtcNow()), (dead.State, dead.FinishedAt));
        Assert.Equal(AttemptOutcome.Finished, (await rig.Log.BeginAttemptAsync(job, 3, JudgeRig.Token)).Outcome);
        Assert.Equal(new JudgeJobCounts(0, 1, null), await rig.Log.CountJudgeJobsAsync(JudgeRig.Token));
    }

    [Fact]
    public async Task AJobThatKillsItsWorkerEachTimeEndsAsADeadLetter()
    {
        await using var rig = new JudgeRig();
        var job = await rig.StoreAsync();
        for (var attempt = 1; attempt <= 3; attempt++)
            Assert.Equal(attempt, await rig.BeginAsync(job));

        Assert.Equal(AttemptOutcome.Exhausted, (await rig.Log.BeginAttemptAsync(job, 3, JudgeRig.Token)).Outcome);
        var dead = await rig.JobAsync(job);
        Assert.Equal((JudgeJobState.Dead, 3, "worker_lost"), (dead.State, dead.Attempts, dead.Reason));
        Assert.False(string.IsNullOrWhiteSpace(dead.Message));
        Assert.NotNull(dead.FinishedAt);
    }

    [Fact]
    public async Task WhatCannotBeJudgedIsGivenUpAtOnce()
    {
        await using var rig = new JudgeRig();
        var job = await rig.StoreAsync();
        var failed = await rig.FailAsync(job, await rig.BeginAsync(job), AttemptFailureReason.NotJudgeable);
        Assert.Equal((JudgeJobState.Dead, true), (failed.Receipt.State, failed.Changed));
        Assert.Equal("not_judgeable", (await rig.JobAsync(job)).Reason);
    }

    [Fact]
    public async Task AJobThatIsGivenBackIsDueAtOnceAndTheAttemptDoesNotCount()
    {
        await using var rig = new JudgeRig();
        var job = await rig.StoreAsync();
        await rig.FailAsync(job, await rig.BeginAsync(job), AttemptFailureReason.Released);
        var released = await rig.JobAsync(job);
        Assert.Equal((JudgeJobState.Pending, 0, null, null), (released.State, released.Attempts, released.Reason, released.NotBefore));
        Assert.Equal([job], await rig.DueAsync());
    }

    [Fact]
    public async Task AFailureToldAgainChangesNothingEvenWhenTheNextAttemptHasItsNumber()
    {
        await using var rig = new JudgeRig();
        var job = await rig.StoreAsync();
        var attempt = await rig.BeginAsync(job);
        Assert.True((await rig.FailAsync(job, attempt, AttemptFailureReason.Timeout)).Changed);
        var before = await rig.JobAsync(job);
        rig.Time.Advance(TimeSpan.FromSeconds(3));
        Assert.False((await rig.FailAsync(job, attempt, AttemptFailureReason.Timeout)).Changed);
        Assert.Equal(before, await rig.JobAsync(job));

        await rig.FailAsync(job, await rig.BeginAsync(job), AttemptFailureReason.Released);
        Assert.False((await rig.FailAsync(job, 2, AttemptFailureReason.Released)).Changed);
        Assert.Equal(1, (await rig.JobAsync(job)).Attempts);
    }

    [Fact]
    public async Task AnOutdatedAttemptsFailureChangesNothingButItsScoresCount()
    {
        await using var rig = new JudgeRig();
        var job = await rig.StoreAsync();
        var first = await rig.BeginAsync(job);
        var second = await rig.BeginAsync(job);
        var before = await rig.JobAsync(job);
        var late = await rig.FailAsync(job, first, AttemptFailureReason.Internal, JudgeRig.Scored());
        Assert.Equal((JudgeJobState.Pending, 1, 0, true), (late.Receipt.State, late.Receipt.Stored, late.Receipt.Known, late.Changed));
        Assert.Equal(before, await rig.JobAsync(job));
        Assert.True((await rig.FailAsync(job, second, AttemptFailureReason.Internal)).Changed);
    }

    [Fact]
    public async Task ASuccessFinishesTheJobHoweverLateItComes()
    {
        await using var rig = new JudgeRig();
        var job = await rig.StoreAsync();
        var first = await rig.BeginAsync(job);
        await rig.FailAsync(job, await rig.BeginAsync(job), AttemptFailureReason.NotJudgeable);
        Assert.Equal(JudgeJobState.Dead, (await rig.JobAsync(job)).State);

        var done = await rig.SubmitAsync(job, first, JudgeRig.Scored());
        Assert.Equal((JudgeJobState.Done, true), (done.Receipt.State, done.Changed));
        var after = await rig.JobAsync(job);
        Assert.Equal((JudgeJobState.Done, null, null), (after.State, after.Reason, after.Message));
        Assert.False((await rig.FailAsync(job, 2, AttemptFailureReason.Internal)).Changed);
        Assert.Equal(JudgeJobState.Done, (await rig.JobAsync(job)).State);
    }

    [Fact]
    public async Task ADeadLetterIsPutBackAndBeginsAnew()
    {
        await using var rig = new JudgeRig();
        var job = await rig.StoreAsync(keyId: "alice");
        Assert.Equal(JobRetrying.NotDead, await RetryAsync());
        await rig.FailAsync(job, await rig.BeginAsync(job), AttemptFailureReason.NotJudgeable);
        Assert.Equal(JobRetrying.NotAllowed, await rig.Log.RetryJudgeJobAsync(job, key => key == "bob", JudgeRig.Token));
        Assert.Equal(JobRetrying.NotFound, await rig.Log.RetryJudgeJobAsync(Guid.CreateVersion7(), _ => true, JudgeRig.Token));

        rig.Time.Advance(TimeSpan.FromDays(7));
        Assert.Equal(JobRetrying.Waiting, await RetryAsync());
        var waiting = await rig.JobAsync(job);
        Assert.Equal((JudgeJobState.Pending, 0, null, null, null), (waiting.State, waiting.Attempts, waiting.Reason, waiting.NotBefore, waiting.FinishedAt));
        Assert.Equal(Make.Noon, waiting.CreatedAt);
        Assert.Equal([job], await rig.DueAsync());

        // What waits is measured from when it was put back, not from when it was made.
        Assert.Equal(new JudgeJobCounts(1, 0, rig.Time.GetUtcNow()), await rig.Log.CountJudgeJobsAsync(JudgeRig.Token));

        Task<JobRetrying> RetryAsync() => rig.Log.RetryJudgeJobAsync(job, key => key == "alice", JudgeRig.Token);
    }

    [Theory]
    [InlineData(1, 10)]
    [InlineData(2, 20)]
    [InlineData(5, 160)]
    [InlineData(8, 900)]
    [InlineData(2000, 900)]
    public void TheWaitDoublesUpToItsLongest(int attempt, double seconds) =>
        Assert.Equal(seconds, new RetryRule(5, TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(900)).After(attempt).TotalSeconds);
}

using Consensus.Contracts.Scoring;
using Consensus.Storage.Scoring;

namespace Consensus.Storage.Tests.Scoring;

/// <summary>Who brings a job to the queue.</summary>
public class JobClaimTests
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task AClaimedJobIsNobodyElsesUntilTheClaimEnds()
    {
        await using var rig = new JudgeRig();
        var job = await rig.StoreAsync();
        var due = await ListAsync(rig);
        Assert.Equal([job], Ids(await ClaimAsync(rig, due, "killed")));

        Assert.Empty(await ListAsync(rig));
        Assert.Empty(await ClaimAsync(rig, due, "other"));
        rig.Time.Advance(Period - TimeSpan.FromMilliseconds(1));
        Assert.Empty(await ClaimAsync(rig, due, "other"));

        rig.Time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal([job], Ids(await ListAsync(rig)));
        Assert.Equal([job], Ids(await ClaimAsync(rig, due, "other")));
        Assert.Empty(await ClaimAsync(rig, due, "killed"));
    }

    [Fact]
    public async Task NoMoreAreClaimedThanAskedForAndTheOldestFirst()
    {
        await using var rig = new JudgeRig();
        Guid[] jobs = [await rig.StoreAsync(), await rig.StoreAsync(), await rig.StoreAsync(), await rig.StoreAsync()];
        var due = await ListAsync(rig);
        Assert.Equal(jobs[..3], Ids(await ClaimAsync(rig, due, "one", most: 3)));
        Assert.Equal(jobs[3..], Ids(await ClaimAsync(rig, due, "other", most: 3)));
        Assert.Empty(await ClaimAsync(rig, [], "other"));
    }

    [Fact]
    public async Task WhatIsGivenBackIsDueAtOnceAndOnlyToWhomItBelongs()
    {
        await using var rig = new JudgeRig();
        Guid[] jobs = [await rig.StoreAsync(), await rig.StoreAsync()];
        var claimed = await ClaimAsync(rig, await ListAsync(rig), "one");
        Assert.Equal(0, await rig.Log.ReleaseDueJobsAsync(claimed, "other", JudgeRig.Token));
        Assert.Empty(await ListAsync(rig));

        Assert.Equal(1, await rig.Log.ReleaseDueJobsAsync([claimed[1]], "one", JudgeRig.Token));
        Assert.Equal(jobs[1..], Ids(await ListAsync(rig)));
        Assert.Equal(0, await rig.Log.ReleaseDueJobsAsync([claimed[1]], "one", JudgeRig.Token));
    }

    [Fact]
    public async Task AReportEndsTheClaimSoThatTheNextAttemptIsNotLate()
    {
        await using var rig = new JudgeRig();
        Guid[] jobs = [await rig.StoreAsync(), await rig.StoreAsync(), await rig.StoreAsync()];
        var due = await ListAsync(rig);
        await ClaimAsync(rig, due, "one");

        await rig.FailAsync(jobs[0], await rig.BeginAsync(jobs[0]), AttemptFailureReason.Released);
        await rig.FailAsync(jobs[1], await rig.BeginAsync(jobs[1]), AttemptFailureReason.JudgesUnavailable);
        await rig.SubmitAsync(jobs[2], await rig.BeginAsync(jobs[2]), JudgeRig.Scored());
        Assert.Equal(jobs[..1], Ids(await ListAsync(rig)));

        rig.Time.Advance(JudgeRig.Rule.After(1));
        Assert.Equal(jobs[..2], Ids(await ClaimAsync(rig, due, "other")));
        rig.Time.Advance(TimeSpan.FromDays(1));
        Assert.Equal(jobs[..2], Ids(await ClaimAsync(rig, due, "other")));
    }

    [Fact]
    public async Task ADeadLetterThatIsPutBackIsClaimedAtOnce()
    {
        await using var rig = new JudgeRig();
        var job = await rig.StoreAsync();
        var due = await ListAsync(rig);
        await ClaimAsync(rig, due, "one");
        await rig.FailAsync(job, await rig.BeginAsync(job), AttemptFailureReason.NotJudgeable);
        Assert.Empty(await ClaimAsync(rig, due, "other"));

        Assert.Equal(JobRetrying.Waiting, await rig.Log.RetryJudgeJobAsync(job, _ => true, JudgeRig.Token));
        Assert.Equal([job], Ids(await ClaimAsync(rig, due, "other")));
    }

    private static Task<IReadOnlyList<DueJob>> ListAsync(JudgeRig rig) => rig.Log.ListDueJobsAsync(after: 0, most: 100, JudgeRig.Token);

    private static Task<IReadOnlyList<DueJob>> ClaimAsync(JudgeRig rig, IReadOnlyList<DueJob> among, string by, int most = 100) =>
        rig.Log.ClaimDueJobsAsync(among, by, Period, most, JudgeRig.Token);

    private static IEnumerable<Guid> Ids(IReadOnlyList<DueJob> jobs) => jobs.Select(static job => job.JobId);
}

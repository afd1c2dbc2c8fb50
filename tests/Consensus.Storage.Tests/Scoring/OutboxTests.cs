using Consensus.Contracts.Runs;
using Consensus.Contracts.Scoring;
using Consensus.Storage.Runs;
using Consensus.Storage.Scoring;
using Consensus.Storage.Tests.Making;
using Dapper;

namespace Consensus.Storage.Tests.Scoring;

/// <summary>The job that is written with its run.</summary>
public class OutboxTests
{
    [Fact]
    public async Task ARunAndItsJobAreStoredTogether()
    {
        await using var rig = new JudgeRig();
        var run = JudgeRig.Judgeable();
        var asked = JudgeRig.NewJob();
        await rig.StoreAsync(run, "alice", asked);

        var job = await rig.JobAsync(asked.JobId);
        Assert.Equal(
            new JudgeJob
            {
                JobId = asked.JobId, RunId = run.RunId, State = JudgeJobState.Pending, Rubric = "quality", ConfigVersion = "0123456789abcdef", CreatedAt = Make.Noon,
            },
            job);
        var due = Assert.Single(await rig.Log.ListDueJobsAsync(0, 10, JudgeRig.Token));
        Assert.Equal((asked.JobId, asked.TraceParent), (due.JobId, due.TraceParent));
        Assert.Empty(await rig.Log.ListDueJobsAsync(due.Seq, 10, JudgeRig.Token));
        Assert.Null(await rig.Log.FindJudgeJobAsync(asked.JobId, "bob", JudgeRig.Token));
        Assert.NotNull(await rig.Log.FindJudgeJobAsync(asked.JobId, "alice", JudgeRig.Token));
    }

    [Fact]
    public async Task TheSameFinishToldAgainMakesNoSecondJob()
    {
        await using var rig = new JudgeRig();
        var run = JudgeRig.Judgeable();
        var job = await rig.StoreAsync(run);
        await rig.StoreAsync(run, job: JudgeRig.NewJob());
        Assert.Equal([job], (await rig.JobsAsync()).Select(j => j.JobId));
    }

    [Fact]
    public async Task AJobIsMadeWithTheFinishNotWithTheBeginning()
    {
        await using var rig = new JudgeRig();
        var run = JudgeRig.Judgeable(RunStatus.Running);
        await rig.StoreAsync(run);
        Assert.Empty(await rig.JobsAsync());
        var job = await rig.StoreAsync(run with { Status = RunStatus.Completed });
        Assert.Equal([job], (await rig.JobsAsync()).Select(j => j.JobId));
    }

    [Fact]
    public async Task ALateStateThatIsNotStoredBringsNoJobEither()
    {
        await using var rig = new JudgeRig();
        var run = JudgeRig.Judgeable(RunStatus.Cancelled);
        await rig.File.SaveAsync(run);
        await rig.StoreAsync(run with { Status = RunStatus.Completed });
        Assert.Equal(RunStatus.Cancelled, (await rig.File.FindAsync(run.RunId))!.Status);
        Assert.Empty(await rig.JobsAsync());
    }

    [Fact]
    public async Task WhenTheJobCannotBeWrittenTheRunIsNotEither()
    {
        await using var rig = new JudgeRig();
        var job = JudgeRig.NewJob();
        await rig.StoreAsync(job: job);
        var second = JudgeRig.Judgeable();

        // The same job id for another run is refused by the table: all or nothing.
        await Assert.ThrowsAnyAsync<Exception>(() => rig.StoreAsync(second, job: job));
        Assert.Null(await rig.File.FindAsync(second.RunId));
        Assert.Single(await rig.JobsAsync());
    }

    [Fact]
    public async Task WhatCannotBeJudgedGetsNoJob()
    {
        await using var rig = new JudgeRig();
        var run = JudgeRig.Judgeable();
        await rig.StoreAsync(JudgeRig.Judgeable(RunStatus.Failed));
        await rig.StoreAsync(JudgeRig.Judgeable(RunStatus.Cancelled));
        await rig.StoreAsync(run with { RunId = Guid.CreateVersion7(), Candidates = [run.Candidates![2]] });
        await rig.StoreAsync(run with { RunId = Guid.CreateVersion7(), Candidates = null });
        await rig.StoreAsync(run with { RunId = Guid.CreateVersion7(), Request = run.Request! with { Prompt = null } });
        Assert.Empty(await rig.JobsAsync());
    }

    [Fact]
    public async Task WithoutContentNothingIsJudged()
    {
        await using var rig = new JudgeRig(RunContent.None);
        var run = JudgeRig.Judgeable();
        await rig.StoreAsync(run);
        Assert.Empty(await rig.JobsAsync());
        Assert.Equal(JobAdding.NotJudgeable, await rig.Log.AddJudgeJobAsync(run.RunId, JudgeRig.NewJob(), _ => true, JudgeRig.Token));
    }

    [Fact]
    public async Task AStoredRunIsJudgedAgainByANewJob()
    {
        await using var rig = new JudgeRig();
        var run = JudgeRig.Judgeable();
        var first = await rig.StoreAsync(run, "alice");
        var second = JudgeRig.NewJob("strict");
        Assert.Equal(JobAdding.Added, await rig.Log.AddJudgeJobAsync(run.RunId, second, key => key == "alice", JudgeRig.Token));
        Assert.Equal([second.JobId, first], (await rig.JobsAsync()).Select(j => j.JobId));
        Assert.Equal("strict", (await rig.Log.FindJudgeJobAsync(second.JobId, "alice", JudgeRig.Token))!.Rubric);
    }

    [Fact]
    public async Task AStoredRunThatCannotBeJudgedIsRefusedWithItsReason()
    {
        await using var rig = new JudgeRig();
        var (running, empty, others) = (JudgeRig.Judgeable(RunStatus.Running), Make.Run(), JudgeRig.Judgeable());
        await rig.File.SaveAsync(running);
        await rig.File.SaveAsync(empty);
        await rig.File.SaveAsync(others, "bob");
        Assert.Equal(
            [JobAdding.NotFound, JobAdding.InProgress, JobAdding.NotJudgeable, JobAdding.NotAllowed],
            [await AddAsync(Guid.CreateVersion7()), await AddAsync(running.RunId), await AddAsync(empty.RunId), await AddAsync(others.RunId)]);
        Assert.Empty(await rig.JobsAsync());

        Task<JobAdding> AddAsync(Guid runId) => rig.Log.AddJudgeJobAsync(runId, JudgeRig.NewJob(), key => key != "bob", JudgeRig.Token);
    }

    [Fact]
    public async Task WithItsRunEverythingIsErased()
    {
        await using var rig = new JudgeRig();
        var run = JudgeRig.Judgeable();
        var job = await rig.StoreAsync(run);
        await rig.SubmitAsync(job, await rig.BeginAsync(job), JudgeRig.Scored(rationale: "a telling rationale"));
        Assert.Equal(Erasure.Erased, await rig.Log.DeleteAsync(run.RunId, _ => true, by: null, JudgeRig.Token));

        using var connection = rig.File.Connect();
        Assert.Equal(0, connection.ExecuteScalar<int>("SELECT (SELECT count(*) FROM judge_jobs) + (SELECT count(*) FROM scores)"));
        Assert.False(rig.File.Holds("a telling rationale"));
        Assert.Equal(AttemptOutcome.NotFound, (await rig.Log.BeginAttemptAsync(job, 3, JudgeRig.Token)).Outcome);
        Assert.Null(await rig.Log.SubmitScoresAsync(new ScoreSubmission { JobId = job, Attempt = 1 }, "quality@1", JudgeRig.Rule, by: null, JudgeRig.Token));
    }
}

using System.Collections.Concurrent;
using System.Diagnostics;
using Consensus.Contracts.Scoring;
using Consensus.Scoring.Telemetry;
using Consensus.Scoring.Tests.Support;
using Consensus.Testing;
using StackExchange.Redis;

namespace Consensus.Scoring.Tests.Queue;

public sealed class JobPumpTests
{
    private const string TraceParent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    [Theory]
    [MemberData(nameof(TestRedis.Kinds), MemberType = typeof(TestRedis))]
    public async Task AJobIsRemovedOnceItsScoresAreStored(string kind)
    {
        await using var rig = await Rig.StartAsync(kind);
        var job = rig.Api.Add();
        await rig.Queue.SendAsync(job);
        await using var worker = await rig.WorkerAsync();

        await Eventually.HoldsAsync(() => rig.Queue.IsGoneAsync(job), "the job is gone from Redis");
        var submission = Assert.Single(rig.Api.Submissions);
        Assert.Equal((job, 1, 1), (submission.JobId, submission.Attempt, submission.Scores.Count));
        Assert.Null(submission.Failure);
    }

    [Theory]
    [MemberData(nameof(TestRedis.Kinds), MemberType = typeof(TestRedis))]
    public async Task AWorkerThatStopsGivesBackWhatItHasNotFinished(string kind)
    {
        await using var rig = await Rig.StartAsync(kind);
        var job = rig.Api.Add();
        await rig.Queue.SendAsync(job);
        var begun = new TaskCompletionSource();
        await using var worker = await rig.WorkerAsync(
            async (_, _, cancel) =>
            {
                begun.SetResult();
                await Task.Delay(Timeout.Infinite, cancel);
                return [];
            },
            ("Worker:StopSeconds", "0"));
        await begun.Task;
        await worker.StopAsync();

        Assert.Equal(1, await rig.Queue.WaitingAsync());
        Assert.Equal(0, await rig.Queue.TakenAsync());
        Assert.True(await rig.Queue.IsMarkedAsync(job));
        Assert.Equal(AttemptFailureReason.Released, Assert.Single(rig.Api.Submissions).Failure?.Reason);
        Assert.False(await rig.Redis.SetContainsAsync(JudgeQueue.Workers, "one"));
    }

    [Fact]
    public async Task AWorkerThatStopsFinishesWhatEndsInTime()
    {
        await using var rig = await Rig.StartAsync(TestRedis.Garnet);
        var job = rig.Api.Add();
        await rig.Queue.SendAsync(job);
        var (begun, goOn) = (new TaskCompletionSource(), new TaskCompletionSource());
        await using var worker = await rig.WorkerAsync(
            async (_, _, _) =>
            {
                begun.SetResult();
                await goOn.Task;
                return [Scores.Graded];
            },
            ("Worker:StopSeconds", "60"));
        await begun.Task;
        var stopping = worker.StopAsync();
        goOn.SetResult();
        await stopping;

        Assert.True(await rig.Queue.IsGoneAsync(job));
        Assert.Null(Assert.Single(rig.Api.Submissions).Failure);
    }

    [Fact]
    public async Task NoMoreJobsAreJudgedAtOnceThanTheWorkerHasPlaces()
    {
        await using var rig = await Rig.StartAsync(TestRedis.Garnet);
        var (now, most, gate) = (0, 0, new SemaphoreSlim(0));
        for (var i = 0; i < 6; i++)
        {
            await rig.Queue.SendAsync(rig.Api.Add());
        }

        await using var worker = await rig.WorkerAsync(
            async (_, _, cancel) =>
            {
                most = Math.Max(most, Interlocked.Increment(ref now));
                await gate.WaitAsync(cancel);
                Interlocked.Decrement(ref now);
                return [Scores.Graded];
            },
            ("Worker:Jobs", "2"));
        await Eventually.HoldsAsync(() => Volatile.Read(ref now) == 2, "both places are taken");
        Assert.Equal((4, 2), (await rig.Queue.WaitingAsync(), await rig.Queue.TakenAsync()));

        gate.Release(6);
        await Eventually.HoldsAsync(() => rig.Api.Waiting.IsEmpty, "all are judged");
        Assert.Equal(2, most);
    }

    [Fact]
    public async Task WhatAnEarlierProcessOfTheSameNameHadTakenIsJudged()
    {
        await using var rig = await Rig.StartAsync(TestRedis.Garnet);
        var job = rig.Api.Add();
        await rig.Queue.SendAsync(job);
        await rig.Redis.ListMoveAsync(JudgeQueue.Waiting, JudgeQueue.Taken("one"), ListSide.Right, ListSide.Left);

        await using var worker = await rig.WorkerAsync();
        await Eventually.HoldsAsync(() => rig.Queue.IsGoneAsync(job), "the job is gone from Redis");
        Assert.Single(rig.Api.Submissions);
    }

    [Fact]
    public async Task AMessageThatIsNoneIsRemoved()
    {
        await using var rig = await Rig.StartAsync(TestRedis.Garnet);
        await rig.Redis.ListLeftPushAsync(JudgeQueue.Waiting, "not a job");
        await using var worker = await rig.WorkerAsync();
        await Eventually.HoldsAsync(async () => await rig.Queue.WaitingAsync() == 0 && await rig.Queue.TakenAsync() == 0, "it is gone");
        Assert.Empty(rig.Api.Submissions);
    }

    [Fact]
    public async Task AWorkerMakesItselfKnownWithEachTake()
    {
        await using var rig = await Rig.StartAsync(TestRedis.Garnet);
        await using var worker = await rig.WorkerAsync(judge: null, ("Worker:HeartBeatSeconds", "60"));
        await Eventually.HoldsAsync(() => rig.Redis.SetContainsAsync(JudgeQueue.Workers, "one"), "it is known");

        // A Redis that lost everything knows it again before it can hold anything.
        await rig.Redis.KeyDeleteAsync([JudgeQueue.Workers, JudgeQueue.HeartBeat("one")]);
        await Eventually.HoldsAsync(
            async () => await rig.Redis.SetContainsAsync(JudgeQueue.Workers, "one") && await rig.Redis.KeyExistsAsync(JudgeQueue.HeartBeat("one")), "it is known again");
    }

    [Fact]
    public async Task TheJobIsPartOfTheTraceOfItsRun()
    {
        var spans = new ConcurrentQueue<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == ScoringTelemetry.Name,
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = spans.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
        await using var rig = await Rig.StartAsync(TestRedis.Garnet);
        var job = rig.Api.Add();
        await rig.Queue.SendAsync(job, TraceParent);
        await using var worker = await rig.WorkerAsync();
        await Eventually.HoldsAsync(() => spans.Any(span => Equals(span.GetTagItem("consensus.job.id"), job)), "the span has ended");

        var span = spans.First(span => Equals(span.GetTagItem("consensus.job.id"), job));
        Assert.Equal(TraceParent, $"00-{span.TraceId}-{span.ParentSpanId}-01");
        Assert.Equal("done", span.GetTagItem("consensus.job.end"));
    }
}

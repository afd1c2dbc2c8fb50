using Consensus.ApiService.Runs;
using Consensus.ApiService.Tests.FanOut;
using Consensus.Contracts.Runs;
using Consensus.Testing;

namespace Consensus.ApiService.Tests.Runs;

public sealed class RunFeedTests
{
    private readonly RunRig rig = new();

    [Fact]
    public async Task AWatcherIsToldTheStartThenEveryCandidateWithTheClustersSoFar()
    {
        var watcher = new Watcher();
        var conducting = rig.ConductAsync(Plans.Of(3), watcher);
        await rig.Models.AskedAsync(3);
        rig.Models.Call("m2").Says("B");
        await Eventually.HoldsAsync(() => watcher.Events.Count == 3);
        rig.Models.Call("m0").Says("A");
        await Eventually.HoldsAsync(() => watcher.Events.Count == 5);
        rig.Models.Call("m1").Fails(FailureReason.Refused);
        await Ending.OfAsync(conducting);

        Assert.Equal(
        [
            "run m0,m1,m2 of 30000 ms",
            "candidate 2 Answered B", "clusters 1/3 B:2",
            "candidate 0 Answered A", "clusters 2/3 A:0 B:2",
            "candidate 1 Failed Refused", "clusters 3/3 A:0 B:2",
        ], watcher.Events);
    }

    [Fact]
    public async Task CallsThatLandWhileTheWatcherIsTakenUpAreDecidedOnce()
    {
        var watcher = new Watcher { Hold = new TaskCompletionSource() };
        var conducting = rig.ConductAsync(Plans.Of(3), watcher);
        await rig.Models.AskedAsync(3);
        rig.Models.Call("m2").Says("B");
        rig.Models.Call("m0").Says("A");
        rig.Models.Call("m1").Says("A");
        await Eventually.HoldsAsync(() => rig.Stored.Count == 1);
        watcher.Hold.SetResult();
        await Ending.OfAsync(conducting);

        Assert.Equal(
            ["run m0,m1,m2 of 30000 ms", "candidate 2 Answered B", "candidate 0 Answered A", "candidate 1 Answered A", "clusters 3/3 A:0,1 B:2"], watcher.Events);
    }

    [Fact]
    public async Task CallsThatWereCutAreToldToo()
    {
        var watcher = new Watcher();
        var conducting = rig.ConductAsync(Plans.Of(2), watcher);
        await rig.Models.AskedAsync(2);
        rig.Models.Call("m0").Says("A");
        await Ending.OfAsync(conducting, rig.Time);

        Assert.Contains("candidate 1 Failed Timeout", watcher.Events);
    }

    [Fact]
    public async Task ASlowWatcherDelaysItsOwnEventsButNotTheLog()
    {
        var watcher = new Watcher { Hold = new TaskCompletionSource() };
        rig.Models.Instant["m0"] = ScriptedModels.Says("A");
        var conducting = rig.ConductAsync(Plans.Of(1), watcher);
        await Eventually.HoldsAsync(() => rig.Stored.Count == 1);
        Assert.False(conducting.IsCompleted);
        watcher.Hold.SetResult();
        await Ending.OfAsync(conducting);

        Assert.Equal(3, watcher.Events.Count);
    }

    [Fact]
    public async Task AWatcherThatHangsIsLeftWhenTheCallerGoes()
    {
        using var caller = new CancellationTokenSource();
        rig.Models.Instant["m0"] = ScriptedModels.Says("A");
        var conducting = rig.ConductAsync(Plans.Of(1), new Watcher { Hold = new TaskCompletionSource() }, caller.Token);
        await Eventually.HoldsAsync(() => rig.Stored.Count == 1);
        await caller.CancelAsync();

        Assert.Equal(RunStatus.Completed, (await Ending.OfAsync(conducting)).Status);
    }

    [Fact]
    public async Task AWatcherThatFailsDoesNotFailTheRun()
    {
        rig.Models.Instant["m0"] = ScriptedModels.Says("A");
        var run = await Ending.OfAsync(rig.ConductAsync(Plans.Of(1), new Watcher { Failure = new IOException("broken pipe") }));

        Assert.Equal(RunStatus.Completed, run.Status);
    }

    private sealed class Watcher : IRunWatcher
    {
        private int inside;

        public List<string> Events { get; } = [];

        public TaskCompletionSource? Hold { get; init; }

        public Exception? Failure { get; init; }

        public ValueTask StartedAsync(RunStarted started) => TellAsync($"run {string.Join(',', started.Models)} of {started.DeadlineMs} ms");

        public ValueTask CandidateAsync(CandidateBody candidate) =>
            TellAsync($"candidate {candidate.Id} {candidate.Status} {candidate.Answer?.Value?.GetString() ?? candidate.Error?.Reason.ToString()}");

        public ValueTask ClustersAsync(ClustersSoFar clusters) => TellAsync($"clusters {clusters.Arrived}/{clusters.Asked} "
            + string.Join(' ', clusters.Clusters.Select(c => $"{c.Answer.Value?.GetString()}:{string.Join(',', c.Candidates)}")));

        public ValueTask StepAsync(StepBody step) => TellAsync($"step {step.Name} {step.Status}");

        private async ValueTask TellAsync(string what)
        {
            Assert.Equal(1, Interlocked.Increment(ref inside));
            if (Hold is { } hold)
            {
                await hold.Task;
            }

            if (Failure is { } failure)
            {
                throw failure;
            }

            Events.Add(what);
            Interlocked.Decrement(ref inside);
        }
    }
}

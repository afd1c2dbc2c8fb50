using System.Threading.Channels;
using Consensus.ApiService.Errors;
using Consensus.ApiService.FanOut;
using Consensus.Contracts.Runs;
using Consensus.Core.Deciding;

namespace Consensus.ApiService.Runs;

/// <summary>
/// Tells a watcher what happens, one event at a time and in order, beside the run: a slow watcher delays its own events, never the fan-out or the log. Calls that
/// land together are told one by one, with the clusters once after them. A watcher that fails is not told any more.
/// </summary>
internal sealed partial class RunFeed
{
    private readonly Channel<Happened> events = Channel.CreateUnbounded<Happened>(new UnboundedChannelOptions { SingleReader = true });
    private readonly RunPlan plan;
    private readonly IRunWatcher watch;
    private readonly ILogger logger;
    private readonly Task telling;

    private RunFeed(RunPlan plan, IRunWatcher watch, ILogger logger, CancellationToken callerGone)
    {
        this.plan = plan;
        this.watch = watch;
        this.logger = logger;
        telling = TellAsync(callerGone);
    }

    /// <summary>Begins to tell a watcher; <c>null</c> when there is none.</summary>
    public static RunFeed? Start(RunPlan plan, IRunWatcher? watch, ILogger logger, CancellationToken callerGone) =>
        watch is null ? null : new RunFeed(plan, watch, logger, callerGone);

    /// <summary>A call has ended.</summary>
    public void Post(FinishedCall finished, int asked) => events.Writer.TryWrite(new Happened(finished, asked, null));

    /// <summary>A step has ended.</summary>
    public void Post(StepBody step) => events.Writer.TryWrite(new Happened(null, 0, step));

    /// <summary>Waits until the watcher has been told everything, or the caller is gone.</summary>
    public Task CompleteAsync()
    {
        events.Writer.TryComplete();
        return telling;
    }

    private async Task TellAsync(CancellationToken callerGone)
    {
        try
        {
            await watch.StartedAsync(new RunStarted(
                plan.RunId, plan.Strategy, [.. plan.Models.Select(m => m.Id)], plan.SamplesPerModel, (int)plan.Deadline.TotalMilliseconds, plan.CreatedAt))
                .AsTask().WaitAsync(callerGone);
            var calls = PanelCall.Of(plan);
            var candidates = new SortedDictionary<int, CandidateBody>();
            while (await events.Reader.WaitToReadAsync(callerGone))
            {
                // To decide costs more than a call's landing: what has landed meanwhile is decided at once.
                var asked = 0;
                List<int> landed = [];
                StepBody? step = null;
                while (step is null && events.Reader.TryRead(out var one))
                {
                    asked = Math.Max(asked, one.Asked);
                    step = one.Step;
                    if (one.Finished is { } finished)
                    {
                        landed.Add(finished.Call.Id);
                        candidates[finished.Call.Id] = CandidateMapping.ToCandidate(finished);
                    }
                }

                if (landed.Count > 0)
                {
                    await TellAsync(landed, candidates, [.. calls.Take(asked)], callerGone);
                }

                if (step is not null)
                {
                    await watch.StepAsync(step).AsTask().WaitAsync(callerGone);
                }
            }
        }
        catch (OperationCanceledException) when (callerGone.IsCancellationRequested)
        {
            // Nobody is there to be told.
        }
        catch (Exception failure)
        {
            LogWatcherFailed(plan.RunId, FaultText.Of(failure));
        }
    }

    private async Task TellAsync(List<int> landed, SortedDictionary<int, CandidateBody> candidates, PanelCall[] asked, CancellationToken callerGone)
    {
        var panel = asked.Select(c => candidates.GetValueOrDefault(c.Id) ?? Going(c)).ToArray();
        var decision = Decider.Decide(
            plan.Decision with { Candidates = [.. panel.Select(c => plan.Candidate(c.Model, c.Family ?? c.Model, c.Text))] }, resample: false);
        foreach (var id in landed)
        {
            await watch.CandidateAsync(DecisionMapping.Read(candidates[id], decision.Answers[id])).AsTask().WaitAsync(callerGone);
        }

        await watch.ClustersAsync(new ClustersSoFar(candidates.Count, asked.Length, DecisionMapping.Clusters(decision, panel))).AsTask().WaitAsync(callerGone);
    }

    private static CandidateBody Going(PanelCall call) =>
        new() { Id = call.Id, Model = call.Model.Id, Family = call.Model.Family, Sample = call.Sample, Status = CandidateStatus.Failed };

    private readonly record struct Happened(FinishedCall? Finished, int Asked, StepBody? Step);

    [LoggerMessage(LogLevel.Warning, "The watcher of run {RunId} failed and is not told any more: {Fault}")]
    private partial void LogWatcherFailed(Guid runId, string fault);
}

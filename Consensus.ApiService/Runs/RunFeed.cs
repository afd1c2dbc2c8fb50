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
    private readonly Channel<(FinishedCall Finished, int Asked)> events = Channel.CreateUnbounded<(FinishedCall, int)>(new UnboundedChannelOptions { SingleReader = true });
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
    public void Post(FinishedCall finished, int asked) => events.Writer.TryWrite((finished, asked));

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
                plan.RunId, plan.Decision.Strategy, [.. plan.Models.Select(m => m.Id)], plan.SamplesPerModel, (int)plan.Deadline.TotalMilliseconds, plan.CreatedAt))
                .AsTask().WaitAsync(callerGone);
            var calls = PanelCall.Of(plan);
            var candidates = new SortedDictionary<int, CandidateBody>();
            while (await events.Reader.WaitToReadAsync(callerGone))
            {
                // To decide costs more than a call's landing: what has landed meanwhile is decided at once.
                var asked = 0;
                List<int> landed = [];
                while (events.Reader.TryRead(out var one))
                {
                    asked = Math.Max(asked, one.Asked);
                    landed.Add(one.Finished.Call.Id);
                    candidates[one.Finished.Call.Id] = CandidateMapping.ToCandidate(one.Finished);
                }

                var panel = calls.Take(asked).Select(c => candidates.GetValueOrDefault(c.Id) ?? Going(c)).ToArray();
                var decision = Decider.Decide(
                    plan.Decision with { Candidates = [.. panel.Select(c => new CandidateText(c.Model, c.Family ?? c.Model, c.Text))] }, resample: false);
                foreach (var id in landed)
                {
                    await watch.CandidateAsync(DecisionMapping.Read(candidates[id], decision.Answers[id])).AsTask().WaitAsync(callerGone);
                }

                await watch.ClustersAsync(new ClustersSoFar(candidates.Count, asked, DecisionMapping.Clusters(decision, panel))).AsTask().WaitAsync(callerGone);
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

    private static CandidateBody Going(PanelCall call) =>
        new() { Id = call.Id, Model = call.Model.Id, Family = call.Model.Family, Sample = call.Sample, Status = CandidateStatus.Failed };

    [LoggerMessage(LogLevel.Warning, "The watcher of run {RunId} failed and is not told any more: {Fault}")]
    private partial void LogWatcherFailed(Guid runId, string fault);
}

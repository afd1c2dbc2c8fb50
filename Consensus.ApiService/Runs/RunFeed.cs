using System.Threading.Channels;
using Consensus.ApiService.FanOut;
using Consensus.Contracts.Runs;
using Consensus.Core.Deciding;

namespace Consensus.ApiService.Runs;

/// <summary>
/// Tells a watcher what happens, one event at a time and in order, beside the run: a slow watcher delays its own events, never the fan-out, the verdict or the log.
/// A watcher that fails is not told any more.
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
            await foreach (var (finished, asked) in events.Reader.ReadAllAsync(callerGone))
            {
                candidates[finished.Call.Id] = CandidateMapping.ToCandidate(finished);
                var panel = calls.Take(asked).Select(c => candidates.GetValueOrDefault(c.Id) ?? Going(c)).ToArray();
                var decision = Decider.Decide(plan.Decision with { Candidates = [.. panel.Select(c => new CandidateText(c.Model, c.Family ?? c.Model, c.Text))] });
                await watch.CandidateAsync(DecisionMapping.Read(candidates[finished.Call.Id], decision.Answers[finished.Call.Id])).AsTask().WaitAsync(callerGone);
                await watch.ClustersAsync(new ClustersSoFar(candidates.Count, asked, DecisionMapping.Clusters(decision, panel))).AsTask().WaitAsync(callerGone);
            }
        }
        catch (OperationCanceledException) when (callerGone.IsCancellationRequested)
        {
            // Nobody is there to be told.
        }
        catch (Exception failure)
        {
            LogWatcherFailed(failure, plan.RunId);
        }
    }

    private static CandidateBody Going(PanelCall call) =>
        new() { Id = call.Id, Model = call.Model.Id, Family = call.Model.Family, Sample = call.Sample, Status = CandidateStatus.Failed };

    [LoggerMessage(LogLevel.Warning, "The watcher of run {RunId} failed and is not told any more")]
    private partial void LogWatcherFailed(Exception failure, Guid runId);
}

using System.Text.Json.Serialization.Metadata;
using Consensus.ApiService.Http;
using Consensus.Contracts.Runs;

namespace Consensus.ApiService.Runs.Live;

/// <summary>A run that this process conducts.</summary>
/// <param name="plan">What is asked.</param>
/// <param name="begun">The run as it stood when it began.</param>
/// <param name="manner">How it is conducted.</param>
internal sealed class LiveRun(RunPlan plan, ConsensusResponse begun, RunManner manner) : IRunWatcher
{
    private readonly CancellationTokenSource over = CancellationTokenSource.CreateLinkedTokenSource(manner.Outlives ? CancellationToken.None : manner.CallerGone);
    private readonly TaskCompletionSource<ConsensusResponse> ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile ClustersSoFar? progress;
    private volatile bool cancelRequested;

    public Guid RunId => plan.RunId;

    /// <summary>The key that it belongs to.</summary>
    public string? KeyId => plan.KeyId;

    public RunManner Manner => manner;

    /// <summary>What happens, for whoever wants to watch; <c>null</c> where nobody was to.</summary>
    public RunEventLog? Events { get; } = manner.IsWatched ? new RunEventLog() : null;

    /// <summary>The run once it has ended and is stored, or why it is not.</summary>
    public Task<ConsensusResponse> Ended => ended.Task;

    /// <summary>Cancelled when the run is to stop.</summary>
    public CancellationToken Over => over.Token;

    /// <summary>How the run stands now.</summary>
    public ConsensusResponse Now => begun with { Progress = progress };

    /// <summary>Why the run was stopped.</summary>
    public string WhyOver() => cancelRequested ? StatusReasons.CancelRequested : StatusReasons.CallerGone;

    /// <summary>Stops the run, should it still go; who waits for <see cref="Ended"/> then learns whether it did.</summary>
    public async Task CancelAsync()
    {
        cancelRequested = true;
        await over.CancelAsync();
    }

    public void Succeed(ConsensusResponse run)
    {
        Tell(run is { Status: RunStatus.Cancelled, StatusReason: StatusReasons.CallerGone } ? null : RunFrames.EndOf(run, manner.Included, manner.Instance));
        ended.TrySetResult(run);
    }

    public void Fail(Exception fault, Errors.Problem problem)
    {
        Tell(RunFrames.Error(problem, manner.Instance, plan.RequestId));
        ended.TrySetException(fault);
        _ = ended.Task.Exception; // Nobody may be waiting; it has been logged.
    }

    public ValueTask StartedAsync(RunStarted started) => Write(RunEventNames.Run, started, WireJson.Default.RunStarted);

    public ValueTask CandidateAsync(CandidateBody candidate) => Write(RunEventNames.Candidate, candidate, WireJson.Default.CandidateBody);

    public ValueTask ClustersAsync(ClustersSoFar clusters)
    {
        progress = clusters;
        return Write(RunEventNames.Cluster, clusters, WireJson.Default.ClustersSoFar);
    }

    public ValueTask StepAsync(StepBody step) => Write(RunEventNames.Step, step, WireJson.Default.StepBody);

    private ValueTask Write<T>(string name, T value, JsonTypeInfo<T> type)
    {
        Events?.Append(EventFrame.Of(name, value, type));
        return ValueTask.CompletedTask;
    }

    private void Tell(EventFrame? end)
    {
        if (end is { } frame)
        {
            Events?.Append(frame);
        }

        Events?.Append(RunFrames.Done);
        Events?.End();
    }
}

/// <summary>How a run is conducted.</summary>
/// <param name="IsWatched">Whether its events are kept for readers.</param>
/// <param name="Outlives">Whether it goes on when the caller goes away.</param>
/// <param name="Included">Whether the verdict that is told has the candidates.</param>
/// <param name="Instance">The path of the request, for the problem of a run that fails.</param>
/// <param name="CallerGone">Cancelled when the caller goes away.</param>
internal sealed record RunManner(bool IsWatched, bool Outlives, IncludedParts Included, string Instance, CancellationToken CallerGone);

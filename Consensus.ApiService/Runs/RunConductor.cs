using Consensus.Contracts.Runs;

namespace Consensus.ApiService.Runs;

/// <summary>Conducts a run from plan to stored response: asks, decides, stores. A failed panel is a response with status <c>failed</c>, not an exception.</summary>
internal sealed class RunConductor
{
    /// <param name="plan">What to ask and how to decide.</param>
    /// <param name="watch">Receives events as they happen; <c>null</c> when nobody watches.</param>
    /// <param name="callerGone">Cancelled when the caller goes away: the run is then stored as <c>cancelled</c> with what had finished.</param>
    /// <returns>The whole response, candidates included whatever the request's <c>include</c> says.</returns>
    /// <exception cref="Storage.Runs.RunLogUnavailableException">The run could not be stored and the log is required.</exception>
    public Task<ConsensusResponse> ConductAsync(RunPlan plan, IRunWatcher? watch, CancellationToken callerGone) => throw new NotSupportedException();
}

/// <summary>Sees a run while it happens. Calls come one at a time, in order.</summary>
internal interface IRunWatcher
{
    ValueTask StartedAsync(RunStarted started);

    ValueTask CandidateAsync(CandidateBody candidate);

    ValueTask ClustersAsync(ClustersSoFar clusters);
}

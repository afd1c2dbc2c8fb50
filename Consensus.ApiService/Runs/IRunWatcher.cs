using Consensus.Contracts.Runs;

namespace Consensus.ApiService.Runs;

/// <summary>Sees a run while it happens. Calls come one at a time, in order.</summary>
internal interface IRunWatcher
{
    ValueTask StartedAsync(RunStarted started);

    ValueTask CandidateAsync(CandidateBody candidate);

    ValueTask ClustersAsync(ClustersSoFar clusters);

    ValueTask StepAsync(StepBody step);
}

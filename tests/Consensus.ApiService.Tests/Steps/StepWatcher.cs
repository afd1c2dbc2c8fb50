using Consensus.ApiService.Runs;
using Consensus.Contracts.Runs;

namespace Consensus.ApiService.Tests.Steps;

/// <summary>Notes what it is told, a line each.</summary>
internal sealed class StepWatcher : IRunWatcher
{
    public List<string> Events { get; } = [];

    public ValueTask StartedAsync(RunStarted started) => Note($"run {started.Strategy}");

    public ValueTask CandidateAsync(CandidateBody candidate) => Note($"candidate {candidate.Id}");

    public ValueTask ClustersAsync(ClustersSoFar clusters) => Note($"clusters {clusters.Arrived}/{clusters.Asked}");

    public ValueTask StepAsync(StepBody step) => Note($"step {step.Name} {step.Status}");

    private ValueTask Note(string what)
    {
        Events.Add(what);
        return ValueTask.CompletedTask;
    }
}

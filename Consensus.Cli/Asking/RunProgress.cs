using Consensus.Contracts.Client;
using Consensus.Contracts.Runs;

namespace Consensus.Cli.Asking;

/// <summary>What is known of a run so far.</summary>
internal sealed class RunProgress
{
    private readonly Dictionary<(string Model, int Sample), CandidateBody> _arrived = [];

    public RunStarted? Run { get; private set; }

    public ClustersSoFar? Clusters { get; private set; }

    /// <summary>True once the verdict is there: who has not arrived by then was not asked or not waited for.</summary>
    public bool Decided { get; private set; }

    public int Arrived => _arrived.Count;

    public int Asked => (Run?.Models.Count ?? 0) * (Run?.SamplesPerModel ?? 0);

    /// <summary>One row for each answer asked for, in the panel's order; without a candidate while it is awaited.</summary>
    public IEnumerable<(string Model, int Sample, CandidateBody? Candidate)> Rows =>
        from model in Run?.Models ?? []
        from sample in Enumerable.Range(0, Run!.SamplesPerModel)
        select (model, sample, _arrived.GetValueOrDefault((model, sample)));

    public void Add(RunEvent happened)
    {
        switch (happened)
        {
            case RunStartedEvent started: Run = started.Run; break;
            case CandidateEvent arrived: _arrived[(arrived.Candidate.Model, arrived.Candidate.Sample)] = arrived.Candidate; break;
            case ClustersEvent changed: Clusters = changed.Clusters; break;
            case VerdictEvent: Decided = true; break;
        }
    }
}

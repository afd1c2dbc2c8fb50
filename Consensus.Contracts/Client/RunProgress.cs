using Consensus.Contracts.Runs;

namespace Consensus.Contracts.Client;

/// <summary>What is known of a watched run so far. Not for use by several threads at once.</summary>
public sealed class RunProgress
{
    private readonly Dictionary<(string Model, int Sample), CandidateBody> _arrived = [];
    private readonly List<StepBody> _steps = [];

    /// <summary>The run's first word.</summary>
    public RunStarted? Run { get; private set; }

    /// <summary>The clusters of what has arrived.</summary>
    public ClustersSoFar? Clusters { get; private set; }

    /// <summary>The strategy's steps that have ended, in order; none for one that only votes.</summary>
    public IReadOnlyList<StepBody> Steps => _steps;

    /// <summary>The end, when the panel was heard: who has not arrived by then was not asked or not waited for.</summary>
    public ConsensusResponse? Verdict { get; private set; }

    /// <summary>How many answers have arrived or failed.</summary>
    public int Arrived => _arrived.Count;

    /// <summary>How many are asked for.</summary>
    public int Asked => (Run?.Models.Count ?? 0) * (Run?.SamplesPerModel ?? 0);

    /// <summary>One row for each answer asked for, in the panel's order; without a candidate while it is awaited.</summary>
    public IEnumerable<(string Model, int Sample, CandidateBody? Candidate)> Rows =>
        from model in Run?.Models ?? []
        from sample in Enumerable.Range(0, Run!.SamplesPerModel)
        select (model, sample, _arrived.GetValueOrDefault((model, sample)));

    /// <summary>Takes in what happened.</summary>
    public void Add(RunEvent happened)
    {
        switch (happened)
        {
            case RunStartedEvent started: Run = started.Run; break;
            case CandidateEvent arrived: _arrived[(arrived.Candidate.Model, arrived.Candidate.Sample)] = arrived.Candidate; break;
            case ClustersEvent changed: Clusters = changed.Clusters; break;
            case StepEvent ended: _steps.Add(ended.Step); break;
            case VerdictEvent decided: Verdict = decided.Response; break;
        }
    }
}

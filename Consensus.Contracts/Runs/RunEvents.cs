namespace Consensus.Contracts.Runs;

/// <summary>The names of the server-sent events of a run, in the order they can occur.</summary>
public static class RunEventNames
{
    /// <summary>First: the run's id and panel (<see cref="RunStarted"/>).</summary>
    public const string Run = "run";

    /// <summary>A candidate arrived or failed (<see cref="CandidateBody"/>; its cluster and weight are not yet known).</summary>
    public const string Candidate = "candidate";

    /// <summary>The clusters so far, after a candidate (<see cref="ClustersSoFar"/>).</summary>
    public const string Cluster = "cluster";

    /// <summary>A step of a strategy that asks models more than once has ended (<see cref="StepBody"/>).</summary>
    public const string Step = "step";

    /// <summary>The whole response (<see cref="ConsensusResponse"/>).</summary>
    public const string Verdict = "verdict";

    /// <summary>The run failed (problem details).</summary>
    public const string Error = "error";

    /// <summary>Last, always: an empty object.</summary>
    public const string Done = "done";
}

/// <summary>The first event of a run.</summary>
/// <param name="RunId">The run's id.</param>
/// <param name="Strategy">The strategy that will decide.</param>
/// <param name="Models">The models that are asked.</param>
/// <param name="SamplesPerModel">How many answers each of them gives.</param>
/// <param name="DeadlineMs">Milliseconds until the run decides with what has arrived.</param>
/// <param name="CreatedAt">When the request was taken in.</param>
public sealed record RunStarted(Guid RunId, string Strategy, IReadOnlyList<string> Models, int SamplesPerModel, int DeadlineMs, DateTimeOffset CreatedAt);

/// <summary>The clusters of the answers that have arrived so far.</summary>
/// <param name="Arrived">How many candidates have arrived, failed ones too.</param>
/// <param name="Asked">How many were asked for.</param>
/// <param name="Clusters">The clusters, the leader first.</param>
public sealed record ClustersSoFar(int Arrived, int Asked, IReadOnlyList<ClusterBody> Clusters);

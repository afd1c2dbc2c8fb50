using Consensus.Contracts.Runs;

namespace Consensus.Contracts.Client;

/// <summary>Something that happened in a run while it was watched. The order is that of <see cref="RunEventNames"/>; a verdict comes last.</summary>
public abstract record RunEvent;

/// <summary>The run has begun: its id and panel.</summary>
public sealed record RunStartedEvent(RunStarted Run) : RunEvent;

/// <summary>A candidate arrived or failed; its cluster and weight are not yet known.</summary>
public sealed record CandidateEvent(CandidateBody Candidate) : RunEvent;

/// <summary>The clusters of what has arrived so far.</summary>
public sealed record ClustersEvent(ClustersSoFar Clusters) : RunEvent;

/// <summary>A step of the strategy has ended.</summary>
public sealed record StepEvent(StepBody Step) : RunEvent;

/// <summary>The run is decided; the whole response.</summary>
public sealed record VerdictEvent(ConsensusResponse Response) : RunEvent;

using System.Text.Json;
using Consensus.Contracts.Runs;

namespace Consensus.Contracts.Provenance;

/// <summary>How a run is to be decided again: the body of <c>POST /v1/runs/{id}/replay</c>. Without members, and without a body, as it was decided.</summary>
public sealed record ReplayRequest
{
    /// <summary>Another strategy, one that only votes; the run's own when left out.</summary>
    public string? Strategy { get; init; }

    /// <summary>Another quorum, in [0, 1); the run's own when left out.</summary>
    public double? Quorum { get; init; }
}

/// <summary>A run that was decided again from what is stored of it, beside what was decided then. The run itself is not changed.</summary>
public sealed record ReplayReport
{
    /// <summary>The run.</summary>
    public required Guid RunId { get; init; }

    /// <summary>When it was decided again.</summary>
    public required DateTimeOffset ReplayedAt { get; init; }

    /// <summary>The strategy that decided again.</summary>
    public required string Strategy { get; init; }

    /// <summary>The quorum that it decided by; <c>null</c> where the strategy has one of its own.</summary>
    public double? Quorum { get; init; }

    /// <summary>True when another strategy or quorum was asked for: differences are then what it would have changed.</summary>
    public bool IsWhatIf { get; init; }

    /// <summary>True when nothing differs.</summary>
    public required bool IsSame { get; init; }

    /// <summary>What differs, by member of the verdicts.</summary>
    public required IReadOnlyList<ReplayDifference> Differences { get; init; }

    /// <summary>Numbers that differ by no more than this are the same.</summary>
    public required double Tolerance { get; init; }

    /// <summary>What the run was decided by then, and what decided again.</summary>
    public required IReadOnlyList<ReplayVersion> Versions { get; init; }

    /// <summary>As <see cref="RunProvenance.RequestMatches"/>.</summary>
    public bool? RequestMatches { get; init; }

    /// <summary>What was decided then, as it is stored.</summary>
    public required ReplayVerdict Was { get; init; }

    /// <summary>What is decided now.</summary>
    public required ReplayVerdict Is { get; init; }
}

/// <summary>A member that differs.</summary>
/// <param name="Field">Its place in the verdict, such as <c>clusters[0].candidates</c>.</param>
/// <param name="Was">What is stored.</param>
/// <param name="Is">What is decided now.</param>
public sealed record ReplayDifference(string Field, JsonElement? Was, JsonElement? Is);

/// <summary>A version that a decision hangs on.</summary>
/// <param name="Name"><c>code</c> or <c>calibration</c>.</param>
/// <param name="Was">What the run was decided by; <c>null</c> where there was none, or the run has no lineage.</param>
/// <param name="Is">What decides now; <c>null</c> where there is none.</param>
/// <param name="IsSame">Whether they are the same; <c>null</c> of a run without lineage.</param>
public sealed record ReplayVersion(string Name, string? Was, string? Is, bool? IsSame);

/// <summary>What follows from the candidates by a strategy: all of a run that is decided, nothing of how it was asked.</summary>
public sealed record ReplayVerdict
{
    /// <summary>What the panel came to.</summary>
    public Outcome? Outcome { get; init; }

    /// <summary>The answer; <c>null</c> where there is none or a policy kept it back.</summary>
    public AnswerBody? Answer { get; init; }

    /// <inheritdoc cref="ConsensusResponse.Agreement"/>
    public double? Agreement { get; init; }

    /// <inheritdoc cref="ConsensusResponse.Margin"/>
    public double? Margin { get; init; }

    /// <inheritdoc cref="ConsensusResponse.Entropy"/>
    public double? Entropy { get; init; }

    /// <inheritdoc cref="ConsensusResponse.EntropyCorrected"/>
    public double? EntropyCorrected { get; init; }

    /// <inheritdoc cref="ConsensusResponse.Confidence"/>
    public ConfidenceBody? Confidence { get; init; }

    /// <inheritdoc cref="ConsensusResponse.Stability"/>
    public StabilityBody? Stability { get; init; }

    /// <inheritdoc cref="ConsensusResponse.Clusters"/>
    public IReadOnlyList<ClusterBody> Clusters { get; init; } = [];

    /// <summary>One entry per candidate.</summary>
    public IReadOnlyList<ReplayVote> Votes { get; init; } = [];
}

/// <summary>A candidate's vote.</summary>
/// <param name="Candidate">The candidate's number.</param>
/// <param name="Status">What became of it.</param>
/// <param name="Answer">The answer read from its text.</param>
/// <param name="Cluster">The cluster it belongs to.</param>
/// <param name="Weight">The weight of its vote.</param>
public sealed record ReplayVote(int Candidate, CandidateStatus Status, AnswerBody? Answer, int? Cluster, double? Weight);

using Consensus.Core.Answers;
using Consensus.Core.Stability;

namespace Consensus.Core.Deciding;

/// <summary>What the panel came to. The four outcomes are defined in the response's <c>outcome</c>.</summary>
public enum DecisionOutcome
{
    /// <summary>One cluster holds more than the quorum share of all asked.</summary>
    Consensus,

    /// <summary>One cluster leads alone with at least two voters.</summary>
    Plurality,

    /// <summary>A tie at the top, or no two agree.</summary>
    NoConsensus,

    /// <summary>Fewer usable answers than the minimum.</summary>
    QuorumNotMet,
}

/// <summary>A set of candidates that say the same.</summary>
/// <param name="Representative">The candidate whose answer stands for the cluster: its medoid.</param>
/// <param name="Candidates">The candidates' indexes in the input, ascending.</param>
/// <param name="Weight">The sum of their weights.</param>
/// <param name="Share">Their weight as a share of the weight of all asked, 0 to 1.</param>
public sealed record AnswerCluster(int Representative, IReadOnlyList<int> Candidates, double Weight, double Share);

/// <summary>The panel's decision with everything that was computed on the way.</summary>
public sealed record Decision
{
    /// <summary>What the panel came to.</summary>
    public required DecisionOutcome Outcome { get; init; }

    /// <summary>The first of <see cref="Clusters"/>, or <c>null</c> when the outcome has no winner.</summary>
    public AnswerCluster? Winner => DecisionPolicy.HasWinner(Outcome) ? Clusters[0] : null;

    /// <summary>The kind under which the answers were read.</summary>
    public required AnswerKind Kind { get; init; }

    /// <summary>One entry per candidate: its answer, or <c>null</c> without one.</summary>
    public required IReadOnlyList<Answer?> Answers { get; init; }

    /// <summary>The clusters, by weight, then size, then the representative's key.</summary>
    public required IReadOnlyList<AnswerCluster> Clusters { get; init; }

    /// <summary>The weight of each candidate's vote (also of those that did not vote: the weight they would have had).</summary>
    public required IReadOnlyList<double> Weights { get; init; }

    /// <summary>The leading cluster's share of all asked, 0 to 1.</summary>
    public required double Agreement { get; init; }

    /// <summary>The lead over the second cluster as a share of all asked, 0 to 1.</summary>
    public required double Margin { get; init; }

    /// <summary>Discrete semantic entropy, 0 to 1.</summary>
    public required double Entropy { get; init; }

    /// <summary>The entropy of all answers that such a panel could give, in nats, estimated from the votes and corrected for answers not seen; <c>null</c> with fewer than two votes.</summary>
    public double? EntropyCorrected { get; init; }

    /// <summary>The posterior that the leading cluster is right, 0 to 1; <c>null</c> without a winner.</summary>
    public double? Confidence { get; init; }

    /// <summary>
    /// The probability that the leading cluster is right, by the map that labelled questions gave this strategy, panel, kind and early-stop mode; <c>null</c> without a winner
    /// or such a map.
    /// </summary>
    public double? CalibratedConfidence { get; init; }

    /// <summary>The definition of <see cref="Confidence"/>, by name.</summary>
    public required string ConfidenceMethod { get; init; }

    /// <summary>Whether the verdict survives the loss of a model, and another draw of the panel.</summary>
    public required StabilityReport Stability { get; init; }
}

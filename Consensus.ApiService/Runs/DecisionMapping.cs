using Consensus.Contracts.Runs;
using Consensus.Core.Answers;
using Consensus.Core.Deciding;

namespace Consensus.ApiService.Runs;

/// <summary>From the core's decision to the wire. The only place where the two vocabularies meet.</summary>
internal static class DecisionMapping
{
    /// <summary>Fills a run with what the panel came to.</summary>
    /// <param name="run">The run with everything that does not follow from the decision.</param>
    /// <param name="candidates">The candidates in the order of the decision's input; a text, or an error.</param>
    /// <param name="decision">The decision over their texts.</param>
    /// <param name="calibrationVersion">The version of the fitted document that took part in it; <c>null</c>: none.</param>
    /// <param name="firstAnswers">The answers in the candidates' texts, where the decision was taken on later ones.</param>
    public static ConsensusResponse ToResponse(
        ConsensusResponse run,
        IReadOnlyList<CandidateBody> candidates,
        Decision decision,
        string? calibrationVersion = null,
        IReadOnlyList<Answer?>? firstAnswers = null)
    {
        var clusters = Clusters(decision, candidates);
        return run with
        {
            Outcome = ToWire(decision.Outcome),
            Answer = decision.Winner is null ? null : clusters[0].Answer,
            Agreement = decision.Agreement,
            Margin = decision.Margin,
            Entropy = decision.Entropy,
            EntropyCorrected = decision.EntropyCorrected,
            Confidence = new ConfidenceBody(decision.Confidence, decision.CalibratedConfidence, calibrationVersion, decision.ConfidenceMethod),
            Stability = StabilityMapping.ToWire(decision.Stability),
            Clusters = clusters,
            Candidates = Candidates(decision, candidates, firstAnswers),
        };
    }

    /// <summary>All clusters, the leader first.</summary>
    public static IReadOnlyList<ClusterBody> Clusters(Decision decision, IReadOnlyList<CandidateBody> candidates) =>
        [.. decision.Clusters.Select((cluster, rank) => new ClusterBody
        {
            Id = rank,
            Answer = ToWire(decision.Answers[cluster.Representative]!),
            Size = cluster.Candidates.Count,
            Weight = cluster.Weight,
            Share = cluster.Share,
            Models = [.. cluster.Candidates.Select(i => candidates[i].Model).Distinct(StringComparer.Ordinal)],
            Candidates = [.. cluster.Candidates.Select(i => candidates[i].Id)],
        })];

    private static IReadOnlyList<CandidateBody> Candidates(Decision decision, IReadOnlyList<CandidateBody> candidates, IReadOnlyList<Answer?>? firstAnswers)
    {
        var clusterOf = new int?[candidates.Count];
        for (var rank = 0; rank < decision.Clusters.Count; rank++)
        {
            foreach (var i in decision.Clusters[rank].Candidates)
            {
                clusterOf[i] = rank;
            }
        }

        return [.. candidates.Select((c, i) => Read(c, (firstAnswers ?? decision.Answers)[i]) with { Cluster = clusterOf[i], Weight = decision.Weights[i] })];
    }

    /// <summary>A candidate with the answer read from its text: <c>answered</c> with it, <c>no_answer</c> without, untouched when the call failed.</summary>
    public static CandidateBody Read(CandidateBody candidate, Answer? answer) => (candidate.Text, answer) switch
    {
        (null, _) => candidate,
        (_, null) => candidate with { Status = CandidateStatus.NoAnswer, Error = new CandidateErrorBody(FailureReason.NoAnswer, "No answer of the asked kind could be read from the text.") },
        _ => candidate with { Status = CandidateStatus.Answered, Answer = ToWire(answer), Error = null },
    };

    public static AnswerBody ToWire(Answer answer) => new(answer.Text, answer.Value, ToWire(answer.Kind));

    public static AnswerKindName ToWire(AnswerKind kind) => kind switch
    {
        AnswerKind.Auto => AnswerKindName.Auto,
        AnswerKind.Text => AnswerKindName.Text,
        AnswerKind.Number => AnswerKindName.Number,
        AnswerKind.Choice => AnswerKindName.Choice,
        AnswerKind.Boolean => AnswerKindName.Boolean,
        AnswerKind.Json => AnswerKindName.Json,
        AnswerKind.Code => AnswerKindName.Code,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, message: null),
    };

    public static Outcome ToWire(DecisionOutcome outcome) => outcome switch
    {
        DecisionOutcome.Consensus => Outcome.Consensus,
        DecisionOutcome.Plurality => Outcome.Plurality,
        DecisionOutcome.NoConsensus => Outcome.NoConsensus,
        DecisionOutcome.QuorumNotMet => Outcome.QuorumNotMet,
        _ => throw new ArgumentOutOfRangeException(nameof(outcome), outcome, message: null),
    };
}

using Consensus.Contracts.Runs;

namespace Consensus.Contracts.Scoring;

/// <summary>One row of <c>GET /v1/scores</c>: a score and what it belongs to.</summary>
public sealed record StoredScore
{
    /// <summary>The run.</summary>
    public required Guid RunId { get; init; }

    /// <summary>The job.</summary>
    public required Guid JobId { get; init; }

    /// <summary>The model that wrote the candidate.</summary>
    public required string Model { get; init; }

    /// <summary>The rubric as <c>name@version</c>.</summary>
    public required string Rubric { get; init; }

    /// <summary>The version of the scoring configuration.</summary>
    public required string ConfigVersion { get; init; }

    /// <summary>When it was stored.</summary>
    public required DateTimeOffset ScoredAt { get; init; }

    /// <summary>The score.</summary>
    public required Score Score { get; init; }
}

/// <summary>What judges made of a run: <c>GET /v1/runs/{id}/scores</c>.</summary>
public sealed record RunScores
{
    /// <summary>The run.</summary>
    public required Guid RunId { get; init; }

    /// <summary>The job whose scores these are: the newest that is done, or the one asked for; <c>null</c> when there is none.</summary>
    public JudgeJob? Job { get; init; }

    /// <summary>The candidates that were judged, the best panel score first.</summary>
    public required IReadOnlyList<CandidateScore> Candidates { get; init; }

    /// <summary>How each judge did.</summary>
    public required IReadOnlyList<JudgeSummary> Judges { get; init; }

    /// <summary>Krippendorff's alpha of the judges' candidate scores (interval metric), −1 to 1; <c>null</c> with fewer than two comparable judges.</summary>
    public double? Alpha { get; init; }

    /// <summary>The mean absolute difference between two judges' scores of the same candidate, 0 to 1; <c>null</c> when no two scored the same.</summary>
    public double? Spread { get; init; }

    /// <summary><c>low_score</c>, <c>judges_disagree</c>, <c>mostly_unscored</c>, by the thresholds of the configuration.</summary>
    public required IReadOnlyList<string> Flags { get; init; }

    /// <summary>Every single score.</summary>
    public required IReadOnlyList<Score> Scores { get; init; }
}

/// <summary>What the panel made of a candidate.</summary>
public sealed record CandidateScore
{
    /// <summary>The candidate's number in the run.</summary>
    public required int Candidate { get; init; }

    /// <summary>The model.</summary>
    public required string Model { get; init; }

    /// <summary>The cluster of its answer.</summary>
    public int? Cluster { get; init; }

    /// <summary>The median of the judges' rubric scores, 0 to 1; <c>null</c> when no judge scored it.</summary>
    public double? Score { get; init; }

    /// <summary>How many judges scored it, and how many were asked.</summary>
    public required int Scored { get; init; }

    /// <summary>How many judges were asked; recused ones were not.</summary>
    public required int Asked { get; init; }

    /// <summary>Of the pairs that it was in, the share that the panel decided for it, a tie counting one half; <c>null</c> without pairs.</summary>
    public double? WinRate { get; init; }

    /// <summary>Of its checked claims, the share that is unsupported or contradicted by the judges' majority; <c>null</c> without any.</summary>
    public double? HallucinationRate { get; init; }
}

/// <summary>How a judge did.</summary>
public sealed record JudgeSummary
{
    /// <summary>The judge's model.</summary>
    public required string Judge { get; init; }

    /// <summary>The grades it was asked for; recusals do not count.</summary>
    public required int Asked { get; init; }

    /// <summary>Those that could not be had.</summary>
    public required int Unscored { get; init; }

    /// <summary>The mean of its candidate scores, 0 to 1.</summary>
    public double? Mean { get; init; }

    /// <summary>Of its pairs with two usable verdicts, the share where the order changed the verdict.</summary>
    public double? FlipRate { get; init; }

    /// <summary>The share of its usable verdicts for the candidate shown first; ½ without bias.</summary>
    public double? FirstShown { get; init; }

    /// <summary>Spearman's correlation of its candidate scores with the length of the candidates, −1 to 1; <c>null</c> with fewer than three.</summary>
    public double? LengthCorrelation { get; init; }
}

/// <summary>What judges made of each model: <c>GET /v1/scores/models</c>.</summary>
/// <param name="Models">One entry per model, the best mean first.</param>
/// <param name="Jobs">How many judged runs it comes from.</param>
public sealed record ModelScoreList(IReadOnlyList<ModelScore> Models, int Jobs);

/// <summary>What judges made of a model.</summary>
public sealed record ModelScore
{
    /// <summary>The model.</summary>
    public required string Model { get; init; }

    /// <summary>The mean of its panel scores, 0 to 1; <c>null</c> when none was scored.</summary>
    public double? Mean { get; init; }

    /// <summary>The 95 % interval of the mean; <c>null</c> with fewer than two.</summary>
    public IntervalBody? Interval { get; init; }

    /// <summary>How many of its candidates have a panel score.</summary>
    public required int N { get; init; }

    /// <summary>Of the grades asked for, the share that could not be had; <c>null</c> when none was asked for.</summary>
    public double? UnscoredShare { get; init; }

    /// <summary>Against candidates of other models in the same job, the share of higher panel scores, a tie counting one half; <c>null</c> without such a pair.</summary>
    public double? WinRate { get; init; }
}

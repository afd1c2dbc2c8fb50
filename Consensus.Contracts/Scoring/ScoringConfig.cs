using System.Text.Json.Serialization;
using Consensus.Contracts.Json;

namespace Consensus.Contracts.Scoring;

/// <summary>How stored runs are judged: one document, replaced whole. Its version is a hash of its content.</summary>
public sealed record ScoringConfig
{
    /// <summary>The version of this shape; others are refused.</summary>
    public const int CurrentSchemaVersion = 1;

    /// <summary><see cref="CurrentSchemaVersion"/>.</summary>
    public required int SchemaVersion { get; init; }

    /// <summary>The share of stored runs that are judged without being asked to be, 0 to 1.</summary>
    public double SamplingRate { get; init; }

    /// <summary>The judges, in the panel's order. Without any nothing is judged.</summary>
    public IReadOnlyList<JudgeSettings> Judges { get; init; } = [];

    /// <summary>How the judges' grades become one.</summary>
    public JudgePanelSettings Panel { get; init; } = new();

    /// <summary>The rubric that is used where none is asked for, by name.</summary>
    public required string Rubric { get; init; }

    /// <summary>The rubrics, each name once.</summary>
    public required IReadOnlyList<Rubric> Rubrics { get; init; }

    /// <summary>Comparison of candidates in pairs, in both orders.</summary>
    public PairwiseSettings Pairwise { get; init; } = new();

    /// <summary>The check of a candidate's claims.</summary>
    public ClaimCheckSettings Claims { get; init; } = new();

    /// <summary>From where on a judged run is flagged.</summary>
    public ScoringThresholds Thresholds { get; init; } = new();

    /// <summary>Bounds of a job.</summary>
    public JudgeJobLimits Jobs { get; init; } = new();
}

/// <summary>A judge.</summary>
public sealed record JudgeSettings
{
    /// <summary>The model's id: <c>provider/model</c>.</summary>
    public required string Model { get; init; }

    /// <summary>The weight of its merged vote on pairs under <c>anchored</c>, as <c>consensus bench judges --save</c> fits it; negative for one that speaks against what it names.</summary>
    public double? Weight { get; init; }
}

/// <summary>How the judges' grades become one.</summary>
public sealed record JudgePanelSettings
{
    /// <summary>Which candidate the panel takes for the better one.</summary>
    public PanelAggregation Aggregation { get; init; }

    /// <summary>Whether a judge leaves out candidates of its own family.</summary>
    public bool RecuseOwnFamily { get; init; } = true;
}

/// <summary>How a panel of judges prefers one candidate to another.</summary>
[JsonConverter(typeof(SnakeCaseEnum<PanelAggregation>))]
public enum PanelAggregation
{
    /// <summary>By the higher median of the judges' rubric scores.</summary>
    Median,

    /// <summary>By the weighted sum of the judges' votes on pairs in both orders, with weights fitted on labelled pairs.</summary>
    Anchored,
}

/// <summary>Comparison in pairs.</summary>
public sealed record PairwiseSettings
{
    /// <summary>Whether candidates are compared at all.</summary>
    public bool Enabled { get; init; }

    /// <summary>At most so many candidates of a run are compared, one of each cluster first: n candidates are n·(n − 1) questions to each judge. 2 to 10.</summary>
    public int MaxCandidates { get; init; } = 4;
}

/// <summary>The check of claims.</summary>
public sealed record ClaimCheckSettings
{
    /// <summary>Whether claims are checked against what the other candidates say.</summary>
    public bool Enabled { get; init; }

    /// <summary>At most so many claims of a candidate, 1 to 50.</summary>
    public int MaxClaims { get; init; } = 20;
}

/// <summary>From where on a judged run is flagged.</summary>
public sealed record ScoringThresholds
{
    /// <summary>The panel's score of the winning answer below which the run is flagged <c>low_score</c>, 0 to 1.</summary>
    public double LowScore { get; init; } = 0.5;

    /// <summary>Krippendorff's alpha below which the run is flagged <c>judges_disagree</c>, −1 to 1.</summary>
    public double LowAlpha { get; init; } = 0.4;

    /// <summary>The share of grades that could not be had above which the run is flagged <c>mostly_unscored</c>, 0 to 1.</summary>
    public double UnscoredShare { get; init; } = 0.5;
}

/// <summary>Bounds of a job.</summary>
public sealed record JudgeJobLimits
{
    /// <summary>After so many attempts a job is a dead letter, 1 to 20.</summary>
    public int MaxAttempts { get; init; } = 5;

    /// <summary>Seconds that one attempt may take, 1 to 3600.</summary>
    public int TimeoutSeconds { get; init; } = 300;

    /// <summary>Questions to judges that one job has open at once, 1 to 64.</summary>
    public int Concurrency { get; init; } = 4;

    /// <summary>The token cap of a judge's answer, 64 to 32768.</summary>
    public int MaxOutputTokens { get; init; } = 1_024;
}

using System.Text.Json.Serialization;
using Consensus.Contracts.Json;

namespace Consensus.Contracts.Scoring;

/// <summary>How stored runs are judged: one document, replaced whole. Its version is a hash of its content.</summary>
/// <remarks>
/// Generated JSON hands every member that can only be set at the beginning its type's default when it is absent, whatever its initializer says. So a default
/// stands here as the default of a constructor's parameter, or in the accessor.
/// </remarks>
public sealed record ScoringConfig
{
    /// <summary>The version of this shape; others are refused.</summary>
    public const int CurrentSchemaVersion = 1;

    /// <summary><see cref="CurrentSchemaVersion"/>.</summary>
    public required int SchemaVersion { get; init; }

    /// <summary>The share of stored runs that are judged without being asked to be, 0 to 1.</summary>
    public double SamplingRate { get; init; }

    /// <summary>The judges, in the panel's order, at most 20 and each once. Without any nothing is judged.</summary>
    public IReadOnlyList<JudgeSettings> Judges { get; init => field = value ?? []; } = [];

    /// <summary>How the judges' grades become one.</summary>
    public JudgePanelSettings Panel { get; init => field = value ?? new(); } = new();

    /// <summary>The rubric that is used where none is asked for, by name.</summary>
    public required string Rubric { get; init; }

    /// <summary>The rubrics, 1 to 50, each name once.</summary>
    public required IReadOnlyList<Rubric> Rubrics { get; init; }

    /// <summary>Comparison of candidates in pairs, in both orders.</summary>
    public PairwiseSettings Pairwise { get; init => field = value ?? new(); } = new();

    /// <summary>The check of a candidate's claims.</summary>
    public ClaimCheckSettings Claims { get; init => field = value ?? new(); } = new();

    /// <summary>From where on a judged run is flagged.</summary>
    public ScoringThresholds Thresholds { get; init => field = value ?? new(); } = new();

    /// <summary>Bounds of a job.</summary>
    public JudgeJobLimits Jobs { get; init => field = value ?? new(); } = new();
}

/// <summary>A judge.</summary>
public sealed record JudgeSettings
{
    /// <summary>The model's id: <c>provider/model</c>.</summary>
    public required string Model { get; init; }

    /// <summary>
    /// The weight of its merged vote on pairs under <c>anchored</c>, −1000 to 1000, as <c>consensus bench judges --save</c> fits it; negative for one that speaks
    /// against what it names.
    /// </summary>
    public double? Weight { get; init; }
}

/// <summary>How the judges' grades become one.</summary>
/// <param name="Aggregation">Which candidate the panel takes for the better one.</param>
/// <param name="RecuseOwnFamily">Whether a judge leaves out candidates of its own family.</param>
public sealed record JudgePanelSettings(PanelAggregation Aggregation = PanelAggregation.Median, bool RecuseOwnFamily = true);

/// <summary>How a panel of judges prefers one candidate to another.</summary>
[JsonConverter(typeof(SnakeCaseEnum<PanelAggregation>))]
public enum PanelAggregation
{
    /// <summary>By the higher median of the judges' rubric scores.</summary>
    Median,

    /// <summary>By the weighted sum of the judges' votes on pairs in both orders, with weights fitted on labelled pairs. It takes pairs and weights.</summary>
    Anchored,
}

/// <summary>Comparison in pairs.</summary>
/// <param name="Enabled">Whether candidates are compared at all.</param>
/// <param name="MaxCandidates">
/// At most so many candidates of a run are compared, one of each cluster first: n candidates are n·(n − 1) questions to each judge. 2 to 10.
/// </param>
public sealed record PairwiseSettings(bool Enabled = false, int MaxCandidates = 4);

/// <summary>The check of claims.</summary>
/// <param name="Enabled">Whether claims are checked against what the other candidates say.</param>
/// <param name="MaxClaims">At most so many claims of a candidate, 1 to 50.</param>
public sealed record ClaimCheckSettings(bool Enabled = false, int MaxClaims = 20);

/// <summary>From where on a judged run is flagged.</summary>
/// <param name="LowScore">The panel's score of the winning answer below which the run is flagged <c>low_score</c>, 0 to 1.</param>
/// <param name="LowAlpha">Krippendorff's alpha below which a run whose judges differ by more than 0.1 on average is flagged <c>judges_disagree</c>, −1 to 1.</param>
/// <param name="UnscoredShare">The share of grades that could not be had above which the run is flagged <c>mostly_unscored</c>, 0 to 1.</param>
public sealed record ScoringThresholds(double LowScore = 0.5, double LowAlpha = 0.4, double UnscoredShare = 0.5);

/// <summary>Bounds of a job.</summary>
/// <param name="MaxAttempts">After so many attempts a job is a dead letter, 1 to 20.</param>
/// <param name="TimeoutSeconds">Seconds that one attempt may take, 1 to 3600.</param>
/// <param name="Concurrency">Questions to judges that one job has open at once, 1 to 64.</param>
/// <param name="MaxOutputTokens">The token cap of a judge's answer, 64 to 32768.</param>
public sealed record JudgeJobLimits(int MaxAttempts = 5, int TimeoutSeconds = 300, int Concurrency = 4, int MaxOutputTokens = 1_024);

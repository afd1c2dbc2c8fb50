namespace Consensus.Contracts.Runs;

/// <summary>What was asked, as far as the privacy level lets it be stored.</summary>
public sealed record StoredRequest
{
    /// <summary>The question, or <c>null</c> at the level <c>none</c>.</summary>
    public string? Prompt { get; init; }

    /// <summary>The conversation, or <c>null</c>.</summary>
    public IReadOnlyList<RequestMessage>? Messages { get; init; }

    /// <summary>The models asked, in the order asked.</summary>
    public IReadOnlyList<string> Models { get; init; } = [];

    /// <summary>The panel's name, where one was named.</summary>
    public string? Panel { get; init; }

    /// <summary>Answers per model.</summary>
    public int SamplesPerModel { get; init; } = 1;

    /// <summary>The asked quorum; <c>null</c> where the strategy sets it.</summary>
    public double? Quorum { get; init; }

    /// <summary>The asked minimum of usable answers.</summary>
    public int? MinResponses { get; init; }

    /// <summary>How answers were to be read and compared.</summary>
    public AnswerRequest? Answer { get; init; }

    /// <summary>Reliabilities given with the request.</summary>
    public IReadOnlyDictionary<string, double>? Reliability { get; init; }

    /// <summary>The deadline in milliseconds; <c>null</c> for an aggregate.</summary>
    public int? DeadlineMs { get; init; }

    /// <summary>The cost cap.</summary>
    public decimal? MaxCostUsd { get; init; }

    /// <summary>The early-stop mode.</summary>
    public EarlyStop EarlyStop { get; init; }

    /// <summary>How <c>ranked</c> made one ranking of several; <c>null</c> for other strategies.</summary>
    public RankingMethod? Ranking { get; init; }

    /// <summary>The tiers and thresholds of <c>cascade</c>, those by default included; <c>null</c> for other strategies.</summary>
    public CascadeRequest? Cascade { get; init; }

    /// <summary>The category.</summary>
    public string? Category { get; init; }

    /// <summary>The temperature.</summary>
    public double? Temperature { get; init; }

    /// <summary>The token cap of one answer.</summary>
    public int? MaxOutputTokens { get; init; }

    /// <summary>The seed.</summary>
    public long? Seed { get; init; }

    /// <summary>Labels.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>The caller's own texts, or <c>null</c> at the level <c>none</c>.</summary>
    public IReadOnlyDictionary<string, string>? Metadata { get; init; }
}

/// <summary>One row of <c>GET /v1/runs</c>.</summary>
public sealed record RunSummary
{
    /// <summary>The run's id.</summary>
    public required Guid RunId { get; init; }

    /// <summary>How the run came about.</summary>
    public RunKind Kind { get; init; }

    /// <summary>Where the run is in its life.</summary>
    public required RunStatus Status { get; init; }

    /// <summary>What the panel came to.</summary>
    public Outcome? Outcome { get; init; }

    /// <summary>The strategy that decided.</summary>
    public required string Strategy { get; init; }

    /// <summary>The question's first 200 characters, as far as stored.</summary>
    public string? Prompt { get; init; }

    /// <summary>The answer's first 200 characters, as far as stored.</summary>
    public string? Answer { get; init; }

    /// <summary>The leading cluster's share of all asked.</summary>
    public double? Agreement { get; init; }

    /// <summary>Raw confidence.</summary>
    public double? Confidence { get; init; }

    /// <summary>The stability level.</summary>
    public StabilityLevel? Stability { get; init; }

    /// <summary>The models asked.</summary>
    public IReadOnlyList<string> Models { get; init; } = [];

    /// <summary>Whether answers were missing.</summary>
    public bool Degraded { get; init; }

    /// <summary>The cost in US dollars, where known.</summary>
    public decimal? CostUsd { get; init; }

    /// <summary>Milliseconds for the whole run.</summary>
    public double? DurationMs { get; init; }

    /// <summary>Labels.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>When the request was taken in.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When the verdict stood.</summary>
    public DateTimeOffset? FinishedAt { get; init; }
}

/// <summary>A page of a listing.</summary>
/// <param name="Items">Its rows.</param>
/// <param name="Next">The cursor of the following page; <c>null</c> on the last.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? Next);

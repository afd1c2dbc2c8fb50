using Consensus.Contracts.Runs;

namespace Consensus.Contracts.Provenance;

/// <summary>How models were asked and answers compared, defaults filled in. What does not apply is <c>null</c>.</summary>
public sealed record LineageParameters
{
    /// <summary>The sampling temperature, 0 to 2; <c>null</c>: the provider's own.</summary>
    public double? Temperature { get; init; }

    /// <summary>The seed; sample i got seed + i.</summary>
    public long? Seed { get; init; }

    /// <summary>The most tokens of one answer; <c>null</c> of an aggregate.</summary>
    public int? MaxOutputTokens { get; init; }

    /// <summary>Answers per model; <c>null</c> of an aggregate.</summary>
    public int? SamplesPerModel { get; init; }

    /// <summary>When the fan-out might end early; <c>null</c> of an aggregate.</summary>
    public EarlyStop? EarlyStop { get; init; }

    /// <summary>The deadline in milliseconds; <c>null</c> of an aggregate.</summary>
    public int? DeadlineMs { get; init; }

    /// <summary>
    /// The share of all asked that a cluster had to exceed for <c>consensus</c>, in [0, 1); <c>null</c> where the strategy has a quorum of its own.
    /// </summary>
    public double? Quorum { get; init; }

    /// <summary>The least number of usable answers; <c>null</c>: more than half of those asked.</summary>
    public int? MinResponses { get; init; }

    /// <summary>The kind of answer that was asked for.</summary>
    public AnswerKindName AnswerKind { get; init; }

    /// <summary>The greatest absolute difference at which two numbers were the same answer.</summary>
    public double Tolerance { get; init; }

    /// <summary>How texts were compared: <c>lexical</c>, by their words.</summary>
    public required string Similarity { get; init; }

    /// <summary>How <c>ranked</c> made one ranking of several.</summary>
    public RankingMethod? Ranking { get; init; }

    /// <summary>Whether answers might come from the cache; <c>null</c> of an aggregate.</summary>
    public bool? Cache { get; init; }
}

/// <summary>What was in force when a run was decided.</summary>
public sealed record LineageVersions
{
    /// <summary>The version of the software: its informational version.</summary>
    public required string Code { get; init; }

    /// <summary>The fitted document in force, whether or not anything of it served this panel; <c>null</c> without any.</summary>
    public string? Calibration { get; init; }

    /// <summary>The scoring configuration in force when the request was read; <c>null</c> without any.</summary>
    public string? ScoringConfig { get; init; }

    /// <summary>The policy that the run was held against.</summary>
    public string? Policy { get; init; }
}

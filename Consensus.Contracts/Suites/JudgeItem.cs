using System.Text.Json.Serialization;
using Consensus.Contracts.Json;

namespace Consensus.Contracts.Suites;

/// <summary>One pair of a judges suite: a line of a JSON-lines file, with two outputs, which of them is better, and what judges said.</summary>
public sealed record JudgeItem
{
    /// <summary>The pair's id.</summary>
    public required string Id { get; init; }

    /// <summary>Where in its source the pair stands.</summary>
    public string? Subset { get; init; }

    /// <summary>What was asked.</summary>
    public string? Instruction { get; init; }

    /// <summary>The one output.</summary>
    [JsonPropertyName("output_1")]
    public string? Output1 { get; init; }

    /// <summary>The other output.</summary>
    [JsonPropertyName("output_2")]
    public string? Output2 { get; init; }

    /// <summary>The better output: 1 or 2.</summary>
    public required int Gold { get; init; }

    /// <summary>What judges said, at most once a judge, strategy and order.</summary>
    public required IReadOnlyList<Judgement> Judgements { get; init; }
}

/// <summary>What a judge said of a pair.</summary>
public sealed record Judgement
{
    /// <summary>The judge.</summary>
    public required string Judge { get; init; }

    /// <summary>How it was prompted.</summary>
    public required string Strategy { get; init; }

    /// <summary>Which output it was shown first.</summary>
    public required JudgementOrder Order { get; init; }

    /// <summary>The output that it preferred, 1 or 2 whatever the order; <c>null</c> without a usable verdict.</summary>
    public required int? Vote { get; init; }
}

/// <summary>The order in which two outputs are shown.</summary>
[JsonConverter(typeof(SnakeCaseEnum<JudgementOrder>))]
public enum JudgementOrder
{
    /// <summary>Output 1 first.</summary>
    Ab,

    /// <summary>Output 2 first.</summary>
    Ba,
}

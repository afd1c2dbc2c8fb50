using System.Text.Json.Serialization;

namespace Consensus.Contracts.Suites;

/// <summary>One response of a claims suite: a line of a JSON-lines file, with its claims as people labelled them and what other models wrote.</summary>
public sealed record ClaimsItem
{
    /// <summary>The response's id.</summary>
    public required string Id { get; init; }

    /// <summary>The question's id; rows with the same one answer the same question.</summary>
    [JsonPropertyName("question_id")]
    public required string QuestionId { get; init; }

    /// <summary>The question, where the suite's source gives it.</summary>
    public string? Question { get; init; }

    /// <summary>What the response is about, where the suite has it.</summary>
    public string? Topic { get; init; }

    /// <summary>Who wrote the response.</summary>
    public required string Model { get; init; }

    /// <summary>What it says.</summary>
    public required string Response { get; init; }

    /// <summary>Its claims, in its order.</summary>
    public required IReadOnlyList<LabelledClaim> Claims { get; init; }

    /// <summary>Other models' responses to the same question.</summary>
    public required IReadOnlyList<SuiteResponse> Others { get; init; }
}

/// <summary>A claim and whether it holds.</summary>
/// <param name="Text">What it says.</param>
/// <param name="Label">One of <see cref="ClaimLabels"/>.</param>
public sealed record LabelledClaim(string Text, string Label);

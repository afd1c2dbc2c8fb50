using System.Text.Json;

namespace Consensus.Contracts.Runs;

/// <summary>Answers the caller already has: the body of <c>POST /v1/consensus/aggregate</c>. No model is called.</summary>
public sealed record AggregateRequest
{
    /// <summary>The answers, one per model and sample, also those that failed.</summary>
    public required IReadOnlyList<AggregateAnswer> Answers { get; init; }

    /// <summary>The question that was asked, for the record.</summary>
    public string? Prompt { get; init; }

    /// <inheritdoc cref="ConsensusRequest.Strategy"/>
    public string? Strategy { get; init; }

    /// <inheritdoc cref="ConsensusRequest.Quorum"/>
    public double? Quorum { get; init; }

    /// <inheritdoc cref="ConsensusRequest.MinResponses"/>
    public int? MinResponses { get; init; }

    /// <inheritdoc cref="ConsensusRequest.Answer"/>
    public AnswerRequest? Answer { get; init; }

    /// <inheritdoc cref="ConsensusRequest.Reliability"/>
    public IReadOnlyDictionary<string, double>? Reliability { get; init; }

    /// <inheritdoc cref="ConsensusRequest.Category"/>
    public string? Category { get; init; }

    /// <inheritdoc cref="ConsensusRequest.Judge"/>
    public JsonElement? Judge { get; init; }

    /// <inheritdoc cref="ConsensusRequest.ParentRunId"/>
    public Guid? ParentRunId { get; init; }

    /// <inheritdoc cref="ConsensusRequest.Include"/>
    public IReadOnlyList<string>? Include { get; init; }

    /// <inheritdoc cref="ConsensusRequest.Tags"/>
    public IReadOnlyList<string>? Tags { get; init; }

    /// <inheritdoc cref="ConsensusRequest.Metadata"/>
    public IReadOnlyDictionary<string, string>? Metadata { get; init; }
}

/// <summary>One answer of an aggregate request: <see cref="Text"/>, or the <see cref="Error"/> that stands in its place.</summary>
public sealed record AggregateAnswer
{
    /// <summary>Who gave it; any name.</summary>
    public required string Model { get; init; }

    /// <summary>The model's family, for leave-one-family-out stability; the model's name when left out.</summary>
    public string? Family { get; init; }

    /// <summary>The whole text as the model wrote it.</summary>
    public string? Text { get; init; }

    /// <summary>Why there is no text.</summary>
    public FailureReason? Error { get; init; }
}

using Consensus.ApiService.Gates;
using Consensus.ApiService.Scoring;
using Consensus.ApiService.Steps;
using Consensus.Contracts.Runs;
using Consensus.Core.Deciding;
using Consensus.LanguageModels.Calling;
using Consensus.LanguageModels.Catalog;
using Microsoft.Extensions.AI;

namespace Consensus.ApiService.Runs;

/// <summary>A request that passed validation, with every default filled in: what the conductor needs and nothing else.</summary>
internal sealed record RunPlan
{
    public required Guid RunId { get; init; }

    public RunKind Kind { get; init; } = RunKind.Consensus;

    public required string RequestId { get; init; }

    public string? KeyId { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required IReadOnlyList<ChatMessage> Messages { get; init; }

    public required IReadOnlyList<ModelEntry> Models { get; init; }

    public int SamplesPerModel { get; init; } = 1;

    /// <summary>Form, strategy, quorum, reliability: everything but the candidates. Under a strategy that takes steps, how the vote underneath is taken.</summary>
    public required DecisionInput Decision { get; init; }

    /// <summary>How a strategy that asks models more than once goes on; <c>null</c> for one that only votes.</summary>
    public StepPlan? Steps { get; init; }

    /// <summary>The strategy's name.</summary>
    public string Strategy => Steps?.Strategy.Name ?? Decision.Strategy;

    public required TimeSpan Deadline { get; init; }

    public decimal? MaxCostUsd { get; init; }

    public EarlyStop EarlyStop { get; init; }

    public double? Temperature { get; init; }

    public required int MaxOutputTokens { get; init; }

    public long? Seed { get; init; }

    /// <summary>What of an answer's text the vote goes by: all of it, or less where the question asks for more than the answer.</summary>
    public Func<string, string> Voted { get; init; } = static text => text;

    /// <summary>Whether answers may come from the cache, where the calls are such that they would be the same.</summary>
    public bool Cache { get; init; } = true;

    /// <summary>The schema that the providers are told of; <c>null</c>: none. The vote goes by that of <see cref="Decision"/>.</summary>
    public ResponseSchema? Schema { get; init; }

    /// <summary>Whether the stored run is to be judged; <c>null</c>: it is not.</summary>
    public JudgeWish? Judge { get; init; }

    /// <summary>What the policy makes of it; <c>null</c> where none was asked.</summary>
    public PolicyCheck? Policy { get; init; }

    /// <summary>The run because of which this one is asked; <c>null</c> where the caller named none.</summary>
    public Guid? ParentRunId { get; init; }

    /// <summary>The request as it goes into the log.</summary>
    public required StoredRequest Request { get; init; }

    /// <summary>A candidate as the vote takes it.</summary>
    public CandidateText Candidate(string model, string family, string? text) => new(model, family, text is null ? null : Voted(text));
}

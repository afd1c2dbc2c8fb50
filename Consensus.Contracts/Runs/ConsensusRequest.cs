using System.Text.Json;

namespace Consensus.Contracts.Runs;

/// <summary>A question for a panel: the body of <c>POST /v1/consensus</c>. Members left out take the defaults of <c>docs/api.md</c>.</summary>
public record ConsensusRequest
{
    /// <summary>The question. Exactly one of <see cref="Prompt"/> and <see cref="Messages"/> is given.</summary>
    public string? Prompt { get; init; }

    /// <summary>A conversation that ends in the question; text only.</summary>
    public IReadOnlyList<RequestMessage>? Messages { get; init; }

    /// <summary>Model ids (<c>provider/model</c>) to ask. At most one of <see cref="Models"/> and <see cref="Panel"/> is given.</summary>
    public IReadOnlyList<string>? Models { get; init; }

    /// <summary>The name of a configured panel; <c>default</c> when neither is given.</summary>
    public string? Panel { get; init; }

    /// <summary>How many answers each model gives.</summary>
    public int? SamplesPerModel { get; init; }

    /// <summary>The decision strategy by name; see <c>GET /v1/strategies</c>.</summary>
    public string? Strategy { get; init; }

    /// <summary>The share of all asked that a cluster must exceed for <c>consensus</c>, in [0, 1).</summary>
    public double? Quorum { get; init; }

    /// <summary>The least number of usable answers; by default more than half of those asked.</summary>
    public int? MinResponses { get; init; }

    /// <summary>What kind of answer is expected and how answers are compared.</summary>
    public AnswerRequest? Answer { get; init; }

    /// <summary>Reliability of models by id, each in (0, 1), for <c>weighted</c>; configuration supplies the rest.</summary>
    public IReadOnlyDictionary<string, double>? Reliability { get; init; }

    /// <summary>Milliseconds until the run decides with what has arrived.</summary>
    public int? DeadlineMs { get; init; }

    /// <summary>The most the run may cost, in US dollars; enforced by a worst-case estimate before each call.</summary>
    public decimal? MaxCostUsd { get; init; }

    /// <summary>When the fan-out may end early.</summary>
    public EarlyStop? EarlyStop { get; init; }

    /// <summary>A subject label that reliability may depend on.</summary>
    public string? Category { get; init; }

    /// <summary>Sampling temperature, 0 to 2.</summary>
    public double? Temperature { get; init; }

    /// <summary>The most tokens that one answer may have.</summary>
    public int? MaxOutputTokens { get; init; }

    /// <summary>A seed handed to providers that take one; sample i gets seed + i.</summary>
    public long? Seed { get; init; }

    /// <summary>Whether answers to calls that are the same again may come from the cache, where it is on; true when left out.</summary>
    public bool? Cache { get; init; }

    /// <summary>How <c>ranked</c> makes one ranking of several.</summary>
    public RankingMethod? Ranking { get; init; }

    /// <summary>In which order <c>cascade</c> asks, and when it stops.</summary>
    public CascadeRequest? Cascade { get; init; }

    /// <summary>Whether, or by which rubric, the stored run is judged: true, false, a rubric's name, or <c>{ "rubric": name }</c>; left out, the sample decides.</summary>
    public JsonElement? Judge { get; init; }

    /// <summary>
    /// The stored run because of which this one is asked: one that it tries again, refines or follows up. Kept in the lineage, see
    /// <c>GET /v1/runs/{id}/provenance</c>; it decides nothing.
    /// </summary>
    public Guid? ParentRunId { get; init; }

    /// <summary>Parts of the response to include: <c>candidates</c>, <c>clusters</c>, <c>provenance</c>.</summary>
    public IReadOnlyList<string>? Include { get; init; }

    /// <summary>Labels to find the run by.</summary>
    public IReadOnlyList<string>? Tags { get; init; }

    /// <summary>Anything the caller wants to keep with the run, text by text.</summary>
    public IReadOnlyDictionary<string, string>? Metadata { get; init; }
}

/// <summary>One message of a conversation: <c>role</c> is <c>system</c>, <c>user</c> or <c>assistant</c>.</summary>
/// <param name="Role">Who says it: <c>system</c>, <c>user</c> or <c>assistant</c>.</param>
/// <param name="Content">The text; a request may also give it as a list of parts, each <c>{"type":"text","text":…}</c>.</param>
public sealed record RequestMessage(string Role, string Content);

/// <summary>What kind of answer is expected and how answers are compared.</summary>
public sealed record AnswerRequest
{
    /// <summary>The answer's kind; <c>auto</c> by default.</summary>
    public AnswerKindName? Kind { get; init; }

    /// <summary>The options of a <c>choice</c>; the first is A.</summary>
    public IReadOnlyList<string>? Choices { get; init; }

    /// <summary>The greatest absolute difference at which two numbers are the same answer; 0 by default.</summary>
    public double? Tolerance { get; init; }

    /// <summary>A JSON Schema that a <c>json</c> answer must satisfy to have a vote.</summary>
    public JsonElement? Schema { get; init; }
}

/// <summary>In which order <c>cascade</c> asks, and when it stops: once two or more agree and both thresholds are reached.</summary>
public sealed record CascadeRequest
{
    /// <summary>The models in tiers, the first asked first: together exactly those of the panel. By default two at a time, the cheapest first.</summary>
    public IReadOnlyList<IReadOnlyList<string>>? Tiers { get; init; }

    /// <summary>The least agreement at which no further tier is asked, 0 to 1.</summary>
    public double? Agreement { get; init; }

    /// <summary>The least raw confidence at which no further tier is asked, 0 to 1.</summary>
    public double? Confidence { get; init; }
}

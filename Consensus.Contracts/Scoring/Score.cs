using System.Text.Json.Serialization;
using Consensus.Contracts.Json;
using Consensus.Contracts.Runs;

namespace Consensus.Contracts.Scoring;

/// <summary>How a score came about.</summary>
[JsonConverter(typeof(SnakeCaseEnum<ScoreMethod>))]
public enum ScoreMethod
{
    /// <summary>One candidate by the criteria of a rubric.</summary>
    Pointwise,

    /// <summary>Two candidates side by side.</summary>
    Pairwise,

    /// <summary>One claim of a candidate against other texts.</summary>
    Claim,
}

/// <summary>Why a judge gave no score. A closed list: a client may switch on it.</summary>
[JsonConverter(typeof(SnakeCaseEnum<UnscoredReason>))]
public enum UnscoredReason
{
    /// <summary>No answer in time.</summary>
    Timeout,

    /// <summary>The provider refused for too many requests.</summary>
    RateLimited,

    /// <summary>The provider failed or could not be reached.</summary>
    Unavailable,

    /// <summary>The judge declined.</summary>
    Refused,

    /// <summary>The judge answered without content.</summary>
    Empty,

    /// <summary>The judge's answer is not of the asked form, also when asked once more.</summary>
    Malformed,

    /// <summary>The judge named a grade that is not on the menu, also when asked once more.</summary>
    OffMenu,

    /// <summary>The breaker of the judge's model is open.</summary>
    CircuitOpen,

    /// <summary>Stopped before it finished.</summary>
    Cancelled,

    /// <summary>The provider rejected the credentials.</summary>
    Unauthorized,

    /// <summary>The provider rejected the request, for example as too long.</summary>
    Rejected,

    /// <summary>The question might have cost more than was left.</summary>
    CostLimit,

    /// <summary>The judge is of the candidate's own family and was not asked.</summary>
    Recused,

    /// <summary>The judge's model is not configured where judging is done.</summary>
    UnknownModel,

    /// <summary>A fault inside this system.</summary>
    Internal,
}

/// <summary>One grade by one judge, or why there is none. Unique by job, candidate, opponent, order, judge and criterion.</summary>
public sealed record Score
{
    /// <summary>The candidate's number in the run. Of a pair the one with the lower number.</summary>
    public required int Candidate { get; init; }

    /// <summary>The other candidate of a pair; <c>null</c> outside of pairs.</summary>
    public int? Opponent { get; init; }

    /// <summary>Of a pair, which was shown first: <c>ab</c> the candidate, <c>ba</c> the opponent; <c>null</c> outside of pairs.</summary>
    public string? Order { get; init; }

    /// <summary>The judge's model id.</summary>
    public required string Judge { get; init; }

    /// <summary>The criterion's name; <c>better</c> for a pair, <c>claim-N</c> for the claim N of the candidate, from 1.</summary>
    public required string Criterion { get; init; }

    /// <summary>How it came about.</summary>
    public required ScoreMethod Method { get; init; }

    /// <summary>
    /// The grade as it stands on the menu; of a pair <c>candidate</c>, <c>opponent</c> or <c>tie</c>; of a claim <c>supported</c>, <c>contradicted</c> or
    /// <c>not_enough</c>; <c>null</c> when unscored.
    /// </summary>
    public string? Grade { get; init; }

    /// <summary>What the grade is worth, 0 to 1 (of a pair: 1 for the candidate, ½ for a tie; of a claim: 1 when supported); <c>null</c> when unscored, which is not zero.</summary>
    public double? Value { get; init; }

    /// <summary>Why there is no score; <c>null</c> when there is one.</summary>
    public UnscoredReason? Unscored { get; init; }

    /// <summary>The judge's reason, or what went wrong.</summary>
    public string? Rationale { get; init; }

    /// <summary>The claim; <c>null</c> otherwise.</summary>
    public string? Claim { get; init; }

    /// <summary>The prompt's name and version: <c>pointwise@1</c>.</summary>
    public required string Prompt { get; init; }

    /// <summary>Whether the judge had to be asked again for the form of its answer.</summary>
    public bool Repaired { get; init; }

    /// <summary>Milliseconds that the judge took for the whole answer that this grade is part of.</summary>
    public double? LatencyMs { get; init; }

    /// <summary>Tokens and cost of that answer, given with the first of its grades only, so that sums hold.</summary>
    public UsageBody? Usage { get; init; }
}

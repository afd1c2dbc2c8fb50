using System.Text.Json;
using System.Text.Json.Serialization;
using Consensus.Contracts.Json;

namespace Consensus.Contracts.Runs;

/// <summary>What became of a step.</summary>
[JsonConverter(typeof(SnakeCaseEnum<StepStatus>))]
public enum StepStatus
{
    /// <summary>It came to its end and took part in the answer.</summary>
    Completed,

    /// <summary>It was not needed; <c>reason</c> says why.</summary>
    Skipped,

    /// <summary>It failed, and what stood before it holds; <c>reason</c> says why.</summary>
    FellBack,
}

/// <summary>Why a step was skipped or fell back. A closed list: a client may switch on it.</summary>
[JsonConverter(typeof(SnakeCaseEnum<StepReason>))]
public enum StepReason
{
    /// <summary>Skipped: the vote needed no more.</summary>
    NotContested,

    /// <summary>Skipped: the vote has no winner that the step could work on.</summary>
    NoWinner,

    /// <summary>Skipped: fewer usable answers than <c>minResponses</c>.</summary>
    QuorumNotMet,

    /// <summary>Skipped: what stood before was enough.</summary>
    Enough,

    /// <summary>The run's deadline passed.</summary>
    Deadline,

    /// <summary>What was left of <c>maxCostUsd</c> did not allow it.</summary>
    CostLimit,

    /// <summary>Every model that was asked failed; each call says why.</summary>
    AllFailed,

    /// <summary>No model gave the asked form.</summary>
    Malformed,

    /// <summary>Too few of those asked gave something usable.</summary>
    TooFew,

    /// <summary>It came to no single best.</summary>
    Tie,

    /// <summary>The written answer is not the voted one.</summary>
    KeyDiffers,

    /// <summary>There is no judge to ask: none is configured, or every one is of the family of what it would judge.</summary>
    NoJudges,

    /// <summary>A fault inside this system; the log has it.</summary>
    Internal,
}

/// <summary>One step of a strategy that asks models more than once: what it did, what it cost and how long it took.</summary>
public sealed record StepBody
{
    /// <summary>The step's name: <c>vote</c>, <c>rank</c>, <c>judge</c>, <c>synthesis</c>, <c>debate</c>, <c>tier</c>.</summary>
    public required string Name { get; init; }

    /// <summary>What became of it.</summary>
    public required StepStatus Status { get; init; }

    /// <summary>Why it was skipped or fell back; <c>null</c> when it completed.</summary>
    public StepReason? Reason { get; init; }

    /// <summary>The same in a sentence.</summary>
    public string? Message { get; init; }

    /// <summary>The questions that it asked, in the order asked; those of the panel itself stand in <c>candidates</c>.</summary>
    public IReadOnlyList<StepCallBody> Calls { get; init; } = [];

    /// <summary>Tokens and cost of all that it asked; of the vote, of the candidates.</summary>
    public UsageBody? Usage { get; init; }

    /// <summary>Milliseconds from its begin to its end.</summary>
    public double LatencyMs { get; init; }

    /// <summary>What it came to, step by step its own.</summary>
    public JsonElement? Details { get; init; }
}

/// <summary>One question of a step to one model.</summary>
public sealed record StepCallBody
{
    /// <summary>The model's id.</summary>
    public required string Model { get; init; }

    /// <summary>How often the provider was asked, retries included; 0 when it never was.</summary>
    public int Attempts { get; init; }

    /// <summary>Milliseconds from the first attempt to the end.</summary>
    public double? LatencyMs { get; init; }

    /// <summary>Tokens and cost.</summary>
    public UsageBody? Usage { get; init; }

    /// <summary>Why it gave nothing; <c>null</c> when it did.</summary>
    public CandidateErrorBody? Error { get; init; }
}

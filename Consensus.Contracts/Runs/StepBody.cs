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

/// <summary>One step of a strategy that asks models more than once: what it did, what it cost and how long it took.</summary>
public sealed record StepBody
{
    /// <summary>The step's name: <c>vote</c>, <c>rank</c>, <c>judge</c>, <c>synthesis</c>, <c>debate</c>, <c>tier</c>.</summary>
    public required string Name { get; init; }

    /// <summary>What became of it.</summary>
    public required StepStatus Status { get; init; }

    /// <summary>Why it was skipped or fell back, from a closed list; <c>null</c> when it completed.</summary>
    public string? Reason { get; init; }

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

using Consensus.Core.Deciding;
using Consensus.Core.Stability;

namespace Consensus.Core.Benchmarks;

/// <summary>What one question came to.</summary>
public sealed record QuestionResult
{
    /// <summary>The question's id.</summary>
    public required string Id { get; init; }

    /// <summary>The subject, where it has one.</summary>
    public string? Category { get; init; }

    /// <summary>What the leading answers have of a right one: 1, 0, or 1/t for a tie of t that holds the right one. It does not depend on the outcome.</summary>
    public required double Correct { get; init; }

    /// <summary>The raw confidence that the leader is right, 0 to 1, also where the outcome has no winner; 0 where nobody answered.</summary>
    public required double Confidence { get; init; }

    /// <summary>The calibrated confidence; <c>null</c> where nothing was fitted for this question.</summary>
    public double? Calibrated { get; init; }

    /// <summary>The outcome.</summary>
    public required DecisionOutcome Outcome { get; init; }

    /// <summary>The level of stability.</summary>
    public required StabilityLevel Stability { get; init; }

    /// <summary>How many models were asked.</summary>
    public required int Calls { get; init; }

    /// <summary>How each member of the whole panel did, asked or not.</summary>
    public required IReadOnlyList<MemberResult> Members { get; init; }

    /// <summary>What reading, clustering and deciding took, in microseconds; the caller measures it.</summary>
    public double Microseconds { get; init; }

    /// <summary>What the panel's calls took, in milliseconds; <c>null</c> where no model was called.</summary>
    public double? LatencyMs { get; init; }

    /// <summary>The code of the failure for which there is no decision; <c>null</c> where there is one.</summary>
    public string? Error { get; init; }
}

/// <summary>One response of one model.</summary>
/// <param name="Model">The model's id.</param>
/// <param name="Answered">Whether an answer could be read from it.</param>
/// <param name="Correct">Whether that is the right one.</param>
public readonly record struct MemberResult(string Model, bool Answered, bool Correct);

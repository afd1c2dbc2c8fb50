using Consensus.Core.Answers;
using Consensus.Core.Deciding;

namespace Consensus.Core.Benchmarks;

/// <summary>A question whose right answer is known, with what each model answered.</summary>
public sealed record BenchmarkQuestion
{
    /// <summary>The question's id.</summary>
    public required string Id { get; init; }

    /// <summary>The subject, where it has one.</summary>
    public string? Category { get; init; }

    /// <summary>The right answer.</summary>
    public required GoldAnswer Gold { get; init; }

    /// <summary>What the models wrote, in the order in which they are asked, and how to decide.</summary>
    public required DecisionInput Input { get; init; }

    /// <summary>Models are asked one after another until the lead is this probable, in (0.5, 1); <c>null</c>: all are asked.</summary>
    public double? StopAt { get; init; }
}

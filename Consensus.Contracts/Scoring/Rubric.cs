using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace Consensus.Contracts.Scoring;

/// <summary>What judges grade by: criteria, each with a closed menu of grades. A rubric is never changed under its version.</summary>
public sealed record Rubric
{
    /// <summary>The rubric's name, in lower case with hyphens.</summary>
    public required string Name { get; init; }

    /// <summary>The rubric's version, from 1.</summary>
    public required int Version { get; init; }

    /// <summary>What it is for, in a sentence or two.</summary>
    public string? Description { get; init; }

    /// <summary>The criteria, 1 to 20, in the order shown to judges.</summary>
    public required IReadOnlyList<Criterion> Criteria { get; init; }
}

/// <summary>One question that a judge answers about a candidate by choosing a grade.</summary>
public sealed record Criterion
{
    /// <summary>A criterion whose members are set one by one.</summary>
    public Criterion()
    {
    }

    /// <summary>A criterion as JSON has it: without a weight it has that of <see cref="Weight"/>'s default.</summary>
    [JsonConstructor]
    [SetsRequiredMembers]
    public Criterion(string name, string question, IReadOnlyList<Grade> grades, double weight = 1) =>
        (Name, Question, Grades, Weight) = (name, question, grades, weight);

    /// <summary>The criterion's name, unique in its rubric, in lower case with hyphens; not <c>better</c> and not <c>claim-N</c>, which scores of other kinds have.</summary>
    public required string Name { get; init; }

    /// <summary>What is to be judged, as the judge reads it.</summary>
    public required string Question { get; init; }

    /// <summary>Its part in the candidate's score, above 0 and at most 1000; weights are divided by their sum.</summary>
    public double Weight { get; init; } = 1;

    /// <summary>The menu, 2 to 20 grades, best first, not all worth the same.</summary>
    public required IReadOnlyList<Grade> Grades { get; init; }
}

/// <summary>One entry of a menu.</summary>
/// <param name="Name">What the judge writes, unique in its menu regardless of case.</param>
/// <param name="Score">What it is worth, 0 to 1.</param>
/// <param name="Anchor">When it is deserved, as the judge reads it.</param>
public sealed record Grade(string Name, double Score, string Anchor);

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

    /// <summary>The criteria, in the order shown to judges.</summary>
    public required IReadOnlyList<Criterion> Criteria { get; init; }
}

/// <summary>One question that a judge answers about a candidate by choosing a grade.</summary>
public sealed record Criterion
{
    /// <summary>The criterion's name, unique in its rubric, in lower case with hyphens.</summary>
    public required string Name { get; init; }

    /// <summary>What is to be judged, as the judge reads it.</summary>
    public required string Question { get; init; }

    /// <summary>Its part in the candidate's score, &gt; 0; weights are divided by their sum.</summary>
    public double Weight { get; init; } = 1;

    /// <summary>The menu, at least two grades, best first.</summary>
    public required IReadOnlyList<Grade> Grades { get; init; }
}

/// <summary>One entry of a menu.</summary>
/// <param name="Name">What the judge writes, unique in its menu regardless of case.</param>
/// <param name="Score">What it is worth, 0 to 1.</param>
/// <param name="Anchor">When it is deserved, as the judge reads it.</param>
public sealed record Grade(string Name, double Score, string Anchor);

namespace Consensus.Contracts.Suites;

/// <summary>One row of an evidence suite: a line of a JSON-lines file, with passages and what claims they bear out.</summary>
public sealed record EvidenceItem
{
    /// <summary>The row's id; a hash of it decides in which half of the suite the row is.</summary>
    public required string Id { get; init; }

    /// <summary>The passages.</summary>
    public required IReadOnlyList<SuitePassage> Passages { get; init; }

    /// <summary>The claims, each to be held against all of them.</summary>
    public required IReadOnlyList<PassageClaim> Claims { get; init; }
}

/// <summary>A passage of a suite.</summary>
/// <param name="Title">What it is about.</param>
/// <param name="Text">What it says.</param>
public sealed record SuitePassage(string? Title, string Text);

/// <summary>A claim and what the passages say of it.</summary>
/// <param name="Text">What it says.</param>
/// <param name="Label">One of <see cref="ClaimLabels"/>.</param>
/// <param name="Change">How it was made from a passage: <c>none</c>, <c>paraphrase</c>, <c>double_negation</c>, <c>number</c>, <c>negation</c>, <c>entity</c>,
/// <c>swap</c>, <c>partly</c>, <c>unrelated</c>.</param>
public sealed record PassageClaim(string Text, string Label, string? Change = null);

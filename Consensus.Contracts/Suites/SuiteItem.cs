namespace Consensus.Contracts.Suites;

/// <summary>One question of an answer suite: a line of a JSON-lines file, with the right answer and what each model wrote.</summary>
public sealed record SuiteItem
{
    /// <summary>The question's id; the same id is the same question in every suite.</summary>
    public required string Id { get; init; }

    /// <summary>The declared kind: <c>number</c>, <c>choice</c>, <c>code</c> or <c>text</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>The subject, where the suite has one.</summary>
    public string? Category { get; init; }

    /// <summary>The question, without a prompt's instructions.</summary>
    public required string Question { get; init; }

    /// <summary>The options of a choice; the first is A.</summary>
    public IReadOnlyList<string>? Choices { get; init; }

    /// <summary>The right answer: a number as text, a letter, or a literal.</summary>
    public required string Gold { get; init; }

    /// <summary>What each model wrote, in the same order for every question.</summary>
    public required IReadOnlyList<SuiteResponse> Responses { get; init; }
}

/// <summary>What one model wrote.</summary>
public sealed record SuiteResponse(string Model, string Text);

namespace Consensus.Contracts.Fitting;

/// <summary>A learned vote: its weights, and what its guard says of them.</summary>
public sealed record LearnedVoteBody
{
    /// <summary>Whether it may decide.</summary>
    public required bool Adopted { get; init; }

    /// <summary>Why, or why not, in a sentence.</summary>
    public required string Reason { get; init; }

    /// <summary>The cross-validated gain of the log score over counting votes, in nats a question.</summary>
    public required GainBody Gain { get; init; }

    /// <summary>Its cross-validated accuracy.</summary>
    public required double Accuracy { get; init; }

    /// <summary>The accuracy of plurality on the same questions.</summary>
    public required double PluralityAccuracy { get; init; }

    /// <summary>How well its confidence ranks right above wrong; <c>null</c> when all are right or all wrong.</summary>
    public required double? Auroc { get; init; }

    /// <summary>How well the vote share ranks the answers of plurality.</summary>
    public required double? ShareAuroc { get; init; }

    /// <summary>The score of the outside option "none is right", in nats.</summary>
    public required double Outside { get; init; }

    /// <summary>Whether the weights differ by category.</summary>
    public required bool UsesCategories { get; init; }

    /// <summary>Whether the weights differ by the length of a text.</summary>
    public required bool UsesLengths { get; init; }

    /// <summary>The weights by model id.</summary>
    public required IReadOnlyDictionary<string, LearnedModelBody> Models { get; init; }

    /// <summary>The deviations by category; empty without <see cref="UsesCategories"/>.</summary>
    public required IReadOnlyDictionary<string, LearnedCategoryBody> Categories { get; init; }
}

/// <summary>A gain with its 95 % interval.</summary>
public sealed record GainBody
{
    /// <summary>The gain.</summary>
    public required double Value { get; init; }

    /// <summary>The lower end of the interval.</summary>
    public required double Low { get; init; }

    /// <summary>The upper end.</summary>
    public required double High { get; init; }
}

/// <summary>The weights of one model, in nats.</summary>
public sealed record LearnedModelBody
{
    /// <summary>What its vote adds to a cluster's score; negative where its vote speaks against an answer.</summary>
    public required double Weight { get; init; }

    /// <summary>The three quartiles of its texts' lengths, ascending; <c>null</c> where length is not used.</summary>
    public required IReadOnlyList<double>? LengthCuts { get; init; }

    /// <summary>What is added by the quartile of a text's length, four numbers, shortest first; <c>null</c> where length is not used.</summary>
    public required IReadOnlyList<double>? LengthWeights { get; init; }
}

/// <summary>What a category adds to the weights, in nats.</summary>
public sealed record LearnedCategoryBody
{
    /// <summary>Added to the outside option's score.</summary>
    public required double Outside { get; init; }

    /// <summary>Added to each model's weight, by its id.</summary>
    public required IReadOnlyDictionary<string, double> Weights { get; init; }
}

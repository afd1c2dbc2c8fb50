namespace Consensus.Contracts.Benchmarks;

/// <summary>What <c>consensus bench evidence</c> measured on one suite: how well the words tell what passages say of claims.</summary>
public sealed record EvidenceReport
{
    /// <summary>The suite's name: its file's without the endings.</summary>
    public required string Suite { get; init; }

    /// <summary>The version of the matcher.</summary>
    public required string Matcher { get; init; }

    /// <summary>Rows.</summary>
    public required int Items { get; init; }

    /// <summary>Passages of all rows.</summary>
    public required int Passages { get; init; }

    /// <summary>The halves of an evidence suite, <c>tune</c> and <c>held_out</c>; of a claims suite <c>all</c>.</summary>
    public required IReadOnlyList<EvidencePart> Parts { get; init; }
}

/// <summary>The figures of a part of a suite.</summary>
public sealed record EvidencePart
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Its claims.</summary>
    public required int Claims { get; init; }

    /// <summary>The share of claims with the right label; <c>unsupported</c> is right for every label but supported.</summary>
    public required double Accuracy { get; init; }

    /// <summary>The accuracy of always saying the most frequent label.</summary>
    public required double Majority { get; init; }

    /// <summary>The mean F1 over the labels that the part has.</summary>
    public required double MacroF1 { get; init; }

    /// <summary>Of the contradicted claims with a number or a denial changed, the share found; <c>null</c> where there are none.</summary>
    public required double? ContradictionRecall { get; init; }

    /// <summary>Of the contradicted claims with an entity changed, the share found.</summary>
    public required double? EntityRecall { get; init; }

    /// <summary>Of the supported claims in other words, the share found.</summary>
    public required double? ParaphraseRecall { get; init; }

    /// <summary>Of the supported claims, the share called contradicted.</summary>
    public required double? SupportedContradicted { get; init; }

    /// <summary>The area under the ROC curve of 1 − coverage as a signal that a claim is not supported; <c>null</c> where all are or none is.</summary>
    public required double? AurocCoverage { get; init; }

    /// <summary>The same of the claim's length alone, in characters.</summary>
    public required double? AurocLength { get; init; }

    /// <summary>By label.</summary>
    public required IReadOnlyList<LabelFigures> Labels { get; init; }

    /// <summary>By change and label.</summary>
    public required IReadOnlyList<ChangeFigures> Changes { get; init; }
}

/// <summary>How well one label is found.</summary>
/// <param name="Label">The label.</param>
/// <param name="Claims">Claims that have it.</param>
/// <param name="Precision">Of those given the label the share that has it; <c>null</c> when none is given it.</param>
/// <param name="Recall">Of those that have it the share given it.</param>
/// <param name="F1">The harmonic mean of the two.</param>
public sealed record LabelFigures(string Label, int Claims, double? Precision, double Recall, double F1);

/// <summary>What was said of the claims made by one kind of change.</summary>
/// <param name="Change">The change; <c>unknown</c> where the suite does not say.</param>
/// <param name="Label">The label that they have.</param>
/// <param name="Claims">How many there are.</param>
/// <param name="Supported">Of these, called supported.</param>
/// <param name="Contradicted">Of these, called contradicted.</param>
/// <param name="NotEnough">Of these, called not enough.</param>
public sealed record ChangeFigures(string Change, string Label, int Claims, int Supported, int Contradicted, int NotEnough);

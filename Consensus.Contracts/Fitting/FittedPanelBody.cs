using Consensus.Contracts.Runs;

namespace Consensus.Contracts.Fitting;

/// <summary>What was learned of one panel answering one kind of question.</summary>
public sealed record FittedPanelBody
{
    /// <summary>The models' ids, in ordinal order.</summary>
    public required IReadOnlyList<string> Models { get; init; }

    /// <summary>The kind under which the answers were read; never <c>auto</c>.</summary>
    public required AnswerKindName Kind { get; init; }

    /// <summary>SHA-256 of the labelled data, in hexadecimal.</summary>
    public required string DataSha256 { get; init; }

    /// <summary>How many labelled questions there were.</summary>
    public required int Questions { get; init; }

    /// <summary>K_eff.</summary>
    public required EffectiveAlternativesBody EffectiveAlternatives { get; init; }

    /// <summary>How often each model is right, by its id.</summary>
    public required IReadOnlyDictionary<string, ReliabilityBody> Reliability { get; init; }

    /// <summary>The learned vote; <c>null</c> with too few questions for one.</summary>
    public required LearnedVoteBody? Learned { get; init; }

    /// <summary>The calibration maps, at most one per strategy and early-stop mode.</summary>
    public required IReadOnlyList<CalibrationBody> Calibrations { get; init; }
}

/// <summary>The effective number of wrong alternatives.</summary>
public sealed record EffectiveAlternativesBody
{
    /// <summary>1 + 1/P(two wrong models give the same wrong answer), greater than 2.</summary>
    public required double Value { get; init; }

    /// <summary>How many pairs of wrong answers were compared.</summary>
    public required int Pairs { get; init; }

    /// <summary>How many of them were the same answer.</summary>
    public required int Same { get; init; }
}

/// <summary>How often one model is right.</summary>
public sealed record ReliabilityBody
{
    /// <summary>The smoothed share, within 0 and 1 and neither.</summary>
    public required double Value { get; init; }

    /// <summary>The lower end of the 95 % interval of the observed share.</summary>
    public required double Low { get; init; }

    /// <summary>The upper end.</summary>
    public required double High { get; init; }

    /// <summary>On how many labelled questions it was asked.</summary>
    public required int Asked { get; init; }

    /// <summary>On how many it was right; several samples of one question count as their mean.</summary>
    public required double Right { get; init; }

    /// <summary>The value by category, each shrunk toward <see cref="Value"/>.</summary>
    public required IReadOnlyDictionary<string, double> ByCategory { get; init; }
}

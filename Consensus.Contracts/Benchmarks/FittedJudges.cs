namespace Consensus.Contracts.Benchmarks;

/// <summary>Weights of judges fitted on a whole suite, as <c>consensus bench judges --save</c> writes them.</summary>
public sealed record FittedJudges
{
    /// <summary>The version of this shape; other versions are refused.</summary>
    public const int CurrentVersion = 1;

    /// <summary><see cref="CurrentVersion"/>.</summary>
    public required int Version { get; init; }

    /// <summary>The suite that they were fitted on.</summary>
    public required string Suite { get; init; }

    /// <summary>SHA-256 of its uncompressed bytes, in hexadecimal.</summary>
    public required string Sha256 { get; init; }

    /// <summary>One entry per prompt strategy, by name.</summary>
    public required IReadOnlyList<FittedStrategy> Strategies { get; init; }
}

/// <summary>The weights of one prompt strategy.</summary>
public sealed record FittedStrategy
{
    /// <summary>The strategy.</summary>
    public required string Strategy { get; init; }

    /// <summary>How many labelled pairs they were fitted on.</summary>
    public required int Pairs { get; init; }

    /// <summary>The judge that was best on those.</summary>
    public required string Best { get; init; }

    /// <summary>Whether no gain over it was shown, so that it decides alone.</summary>
    public required bool FellBack { get; init; }

    /// <summary>The gain in accuracy over the best judge in cross-validation; <c>null</c> with too few pairs for it.</summary>
    public required double? CrossValidatedGain { get; init; }

    /// <summary>The strength of the L2 regularisation; <c>null</c> after a fall-back.</summary>
    public required double? Regularisation { get; init; }

    /// <summary>The weight of each judge's merged vote. The sign of the weighted sum decides: above 0 for output 1.</summary>
    public required IReadOnlyList<JudgeWeight> Judges { get; init; }
}

/// <summary>A judge's weight.</summary>
public sealed record JudgeWeight
{
    /// <summary>The judge.</summary>
    public required string Judge { get; init; }

    /// <summary>Negative for a judge whose vote speaks against an output.</summary>
    public required double Weight { get; init; }
}

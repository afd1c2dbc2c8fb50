namespace Consensus.Contracts.Benchmarks;

/// <summary>What fits on random halves of a suite were worth on the other halves; means over the splits.</summary>
public sealed record SplitsReport
{
    /// <summary>The suite's name.</summary>
    public required string Suite { get; init; }

    /// <summary>The SHA-256 of its lines, in hexadecimal digits.</summary>
    public required string DataSha256 { get; init; }

    /// <summary>Its number of questions.</summary>
    public required int Items { get; init; }

    /// <summary>The number of half splits.</summary>
    public required int Splits { get; init; }

    /// <summary>The share of the splits in which the guard let the learned vote decide.</summary>
    public required double Adopted { get; init; }

    /// <summary>The accuracy of <c>learned</c>, fallback included.</summary>
    public required double Learned { get; init; }

    /// <summary>The accuracy of plain plurality.</summary>
    public required double Plurality { get; init; }

    /// <summary>The accuracy of the model that was best on the fitting half.</summary>
    public required double BestSingle { get; init; }

    /// <summary>The area under the ROC curve of the raw confidence of <c>learned</c>.</summary>
    public required double? LearnedAuroc { get; init; }

    /// <summary>The same of the vote share, over the answers of plurality.</summary>
    public required double? ShareAuroc { get; init; }

    /// <summary>The calibration of <c>learned</c>.</summary>
    public required SplitCalibration LearnedCalibration { get; init; }

    /// <summary>The calibration of <c>majority</c>.</summary>
    public required SplitCalibration MajorityCalibration { get; init; }

    /// <summary>The expected calibration error of the raw confidence of <c>majority</c>.</summary>
    public required double MajorityRawError { get; init; }

    /// <summary>Abstention over thirds, one entry per target.</summary>
    public required IReadOnlyList<SplitAbstention> Abstention { get; init; }
}

/// <summary>Calibrated confidence held against chance.</summary>
/// <param name="Error">The expected calibration error: 10 bins of equal mass.</param>
/// <param name="Limit">What perfectly calibrated forecasts of the same values stay below in 95 of 100 such halves, by consistency resampling.</param>
/// <param name="Ratio">The one by the other: up to about 1 the error cannot be told from chance.</param>
public sealed record SplitCalibration(double Error, double Limit, double Ratio);

/// <summary>Answering only from a certified confidence on: weights, threshold and test from disjoint thirds.</summary>
/// <param name="Target">The largest allowed share of wrong answers.</param>
/// <param name="Splits">The number of splits.</param>
/// <param name="Held">The share of the splits whose realised error is at or below the target.</param>
/// <param name="Certified">The share of the splits in which a threshold could be certified.</param>
/// <param name="Coverage">The mean share of questions answered; a split without a threshold counts as 0.</param>
/// <param name="Error">The mean share of wrong answers among those answered, over the splits that answered any.</param>
public sealed record SplitAbstention(double Target, int Splits, double Held, double Certified, double Coverage, double? Error);

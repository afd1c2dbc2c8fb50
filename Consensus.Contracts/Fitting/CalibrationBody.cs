using Consensus.Contracts.Runs;

namespace Consensus.Contracts.Fitting;

/// <summary>The calibration map of one strategy's raw confidence in one early-stop mode.</summary>
public sealed record CalibrationBody
{
    /// <summary>The strategy's name.</summary>
    public required string Strategy { get; init; }

    /// <summary>The early-stop mode; the map holds for no other.</summary>
    public required EarlyStop EarlyStop { get; init; }

    /// <summary><c>isotonic</c>, <c>platt</c> or <c>temperature</c>.</summary>
    public required string Method { get; init; }

    /// <summary>Of <c>isotonic</c>: the raw confidences of the knots, strictly ascending within 0 and 1.</summary>
    public required IReadOnlyList<double>? X { get; init; }

    /// <summary>Of <c>isotonic</c>: the calibrated confidences of the knots, within 0 and 1, never descending.</summary>
    public required IReadOnlyList<double>? Y { get; init; }

    /// <summary>Of <c>platt</c>: the slope, 0 or more.</summary>
    public required double? Slope { get; init; }

    /// <summary>Of <c>platt</c>: the intercept.</summary>
    public required double? Intercept { get; init; }

    /// <summary>Of <c>temperature</c>: what the raw log-odds are divided by, above 0.</summary>
    public required double? Temperature { get; init; }

    /// <summary>How many labelled questions it was fitted on.</summary>
    public required int Questions { get; init; }

    /// <summary>The expected calibration error of the raw confidence.</summary>
    public required double RawError { get; init; }

    /// <summary>The same of the calibrated confidence, cross-validated.</summary>
    public required double CalibratedError { get; init; }

    /// <summary>The Brier score of the calibrated confidence, cross-validated.</summary>
    public required double Brier { get; init; }

    /// <summary>How well the raw confidence ranks right above wrong; <c>null</c> when all are right or all wrong.</summary>
    public required double? Auroc { get; init; }
}

using Consensus.Core.Calibration;

namespace Consensus.Core.Fitting;

/// <summary>A calibration map of one strategy's raw confidence, with what it was fitted on and what it was worth there.</summary>
/// <param name="Strategy">The strategy's name.</param>
/// <param name="EarlyStop">The early-stop mode under which the confidences arose; the map holds for no other.</param>
/// <param name="Map">From raw confidence to the probability of being right.</param>
/// <param name="Questions">How many labelled questions it was fitted on.</param>
/// <param name="RawError">The expected calibration error of the raw confidence on them: 10 bins of equal mass.</param>
/// <param name="CalibratedError">The same of the calibrated confidence, by cross-validation.</param>
/// <param name="Brier">The Brier score of the calibrated confidence, by cross-validation.</param>
/// <param name="Auroc">How well the raw confidence ranks right above wrong; <c>null</c> when all are right or all wrong.</param>
public sealed record StrategyCalibration(
    string Strategy, string EarlyStop, CalibrationMap Map, int Questions, double RawError, double CalibratedError, double Brier, double? Auroc)
{
    /// <summary>The least number of labelled questions for a map.</summary>
    public const int LeastQuestions = 100;

    /// <summary>The mode in which all answers are awaited.</summary>
    public const string NoEarlyStop = "off";
}

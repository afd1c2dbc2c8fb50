using Consensus.Contracts.Runs;

namespace Consensus.Contracts.Benchmarks;

/// <summary>A share of questions with its interval.</summary>
/// <param name="Value">The share.</param>
/// <param name="Low">The lower end of Wilson's 95 % interval.</param>
/// <param name="High">The upper end.</param>
public sealed record MeasuredShare(double Value, double Low, double High);

/// <summary>A model alone.</summary>
/// <param name="Model">The model's id.</param>
/// <param name="Accuracy">The share of its answers that are right, 0 to 1.</param>
public sealed record SingleModel(string Model, double Accuracy);

/// <summary>Expected calibration error with ten bins.</summary>
/// <param name="EqualWidth">With bins of equal width.</param>
/// <param name="EqualMass">With bins of equal mass.</param>
/// <param name="Limit">What perfectly calibrated confidences of these values would stay below in 95 of 100 sets of questions, with bins of equal mass.</param>
public sealed record CalibrationErrors(double EqualWidth, double EqualMass, double Limit);

/// <summary>Abstention: certified on one half of the questions, measured on the other.</summary>
/// <param name="Target">The largest allowed share of wrong answers.</param>
/// <param name="Coverage">The share of the other half's questions that are answered; 0 when not certified.</param>
/// <param name="Error">The share of the answered that are wrong; <c>null</c> when none is.</param>
/// <param name="Certified">Whether a confidence could be certified at all.</param>
/// <param name="Threshold">The certified confidence.</param>
/// <param name="Items">The questions of the other half.</param>
public sealed record AbstentionFigures(double Target, double Coverage, double? Error, bool Certified, double? Threshold, int Items);

/// <summary>Per level of stability: how many questions have it and how often they are right.</summary>
/// <param name="Stable">No single model's absence changes the verdict.</param>
/// <param name="Fragile">At least one model's absence does.</param>
/// <param name="Contested">There is no winner.</param>
/// <param name="Insufficient">Too few votes to say.</param>
/// <param name="StableLessFragile">The accuracy of the stable less that of the fragile; <c>null</c> where either has no question.</param>
public sealed record StabilityShares(
    ShareAccuracy Stable, ShareAccuracy Fragile, ShareAccuracy Contested, ShareAccuracy Insufficient, MeasuredDifference? StableLessFragile = null);

/// <summary>A difference with its 95 % interval by the bootstrap over questions.</summary>
/// <param name="Value">The difference that was measured.</param>
/// <param name="Low">The lower end of the interval.</param>
/// <param name="High">The upper end.</param>
public sealed record MeasuredDifference(double Value, double Low, double High);

/// <summary>A part of the questions.</summary>
/// <param name="Share">Its share of all.</param>
/// <param name="Accuracy">The accuracy within; <c>null</c> when it is empty.</param>
public sealed record ShareAccuracy(double Share, double? Accuracy);

/// <summary>Models asked a question.</summary>
/// <param name="Mean">The mean number asked.</param>
/// <param name="Of">The mean size of the panel.</param>
public sealed record CallFigures(double Mean, double Of);

/// <summary>A category's figures.</summary>
/// <param name="Items">How many questions it has.</param>
/// <param name="Accuracy">The share of them that was answered right.</param>
public sealed record CategoryFigures(int Items, MeasuredShare Accuracy);

/// <summary>Percentiles in milliseconds.</summary>
/// <param name="P50">The median.</param>
/// <param name="P95">The 95th percentile.</param>
/// <param name="P99">The 99th percentile.</param>
public sealed record LatencyFigures(double P50, double P95, double P99);

/// <summary>A bin of a reliability diagram.</summary>
/// <param name="From">Its lower edge.</param>
/// <param name="To">Its upper edge.</param>
/// <param name="Count">The questions in it.</param>
/// <param name="Confidence">The mean of their confidences.</param>
/// <param name="Accuracy">Their accuracy.</param>
/// <param name="Low">The lower end of its Wilson 95 % interval.</param>
/// <param name="High">The upper end.</param>
public sealed record CalibrationBin(double From, double To, int Count, double Confidence, double Accuracy, double Low, double High);

/// <summary>Risk against coverage.</summary>
/// <param name="Area">The area under the curve (AURC), less is better.</param>
/// <param name="Points">From the highest threshold on; at most 100.</param>
public sealed record RiskCoverageFigures(double Area, IReadOnlyList<RiskPoint> Points);

/// <summary>What answering only from a threshold on comes to.</summary>
/// <param name="Threshold">The least confidence answered.</param>
/// <param name="Coverage">The share answered.</param>
/// <param name="Risk">The share of those that are wrong.</param>
public sealed record RiskPoint(double Threshold, double Coverage, double Risk);

/// <summary>What was asked for beside the strategy.</summary>
/// <param name="Kind"><c>declared</c> or <c>auto</c>.</param>
/// <param name="Stop">The probability of the lead at which asking stops; <c>null</c>: all are asked.</param>
/// <param name="Shuffle">The seed that shuffles the models of each question; <c>null</c>: the suite's order.</param>
/// <param name="Limit">How many questions at most; <c>null</c>: all.</param>
/// <param name="Fitted">The version of the fitted document; <c>null</c> without one.</param>
public sealed record BenchmarkOptions(string Kind, double? Stop, ulong? Shuffle, int? Limit, string? Fitted = null);

/// <summary>What one question came to.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Category">Its subject, where it has one.</param>
/// <param name="Correct">1, 0, or 1/t for a tie of t that holds the right answer.</param>
/// <param name="Confidence">The raw confidence in the leader.</param>
/// <param name="Calibrated">The calibrated one; <c>null</c> where nothing was fitted.</param>
/// <param name="Outcome">The outcome.</param>
/// <param name="Stability">The level of stability.</param>
/// <param name="Calls">How many models were asked.</param>
public sealed record BenchmarkQuestionResult(
    string Id, string? Category, double Correct, double Confidence, double? Calibrated, Outcome Outcome, StabilityLevel Stability, int Calls);

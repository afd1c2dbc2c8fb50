namespace Consensus.Core.Benchmarks.Gating;

/// <summary>One question as one system did on it.</summary>
/// <param name="Correct">What the leader has of a right answer, 0 to 1.</param>
/// <param name="Confidence">The raw confidence, by which questions are ranked.</param>
/// <param name="Probability">The confidence whose calibration is measured: the calibrated one, else the raw.</param>
/// <param name="Answered">Whether the outcome has an answer.</param>
/// <param name="Calls">How many models were asked.</param>
public readonly record struct GateItem(double Correct, double Confidence, double Probability, bool Answered, int Calls);

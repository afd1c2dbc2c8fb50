namespace Consensus.Core.Evaluation;

/// <summary>What answering only from a threshold on comes to.</summary>
/// <param name="Threshold">The least confidence that is still answered.</param>
/// <param name="Coverage">The share of cases that are answered, above 0.</param>
/// <param name="Risk">The share of those that are wrong.</param>
public readonly record struct RiskCoveragePoint(double Threshold, double Coverage, double Risk);

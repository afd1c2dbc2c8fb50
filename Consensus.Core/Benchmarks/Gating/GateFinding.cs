using Consensus.Core.Evaluation;

namespace Consensus.Core.Benchmarks.Gating;

/// <summary>What a comparison by one metric came to.</summary>
/// <param name="Metric">The metric.</param>
/// <param name="Margin">By how much the candidate may be worse.</param>
/// <param name="Baseline">The baseline's figure; not a number where it is not defined.</param>
/// <param name="Candidate">The candidate's.</param>
/// <param name="Gain">By how much the candidate is better, with its interval; less than 0 where it is worse, whichever way the metric runs.</param>
/// <param name="Outcome">What follows.</param>
/// <param name="Discordance">Where the two differ in accuracy; <c>null</c> for other metrics.</param>
public sealed record GateFinding(
    GateMetric Metric, double Margin, double Baseline, double Candidate, BootstrapInterval Gain, GateOutcome Outcome, Discordance? Discordance);

/// <summary>The questions on which two systems are not equally right.</summary>
/// <param name="Lost">On which the candidate has less of a right answer.</param>
/// <param name="Won">On which it has more.</param>
/// <param name="P">McNemar's exact p-value.</param>
public sealed record Discordance(int Lost, int Won, double P);

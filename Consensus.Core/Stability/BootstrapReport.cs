namespace Consensus.Core.Stability;

/// <summary>What panels come to that are drawn from this one, with replacement and of the same size.</summary>
/// <param name="FlipProbability">The probability that such a panel comes to another winner or to none (without a winner here: that it comes to one), 0 to 1.</param>
/// <param name="MonteCarloInterval">
/// The 95 % interval of the simulation error of <paramref name="FlipProbability"/>; <c>null</c> where every panel was enumerated, as there is no such error. It says
/// nothing about how well the panel stands for other models.
/// </param>
/// <param name="Replicates">How many panels were drawn; <c>null</c> where all were enumerated.</param>
/// <param name="AgreementDeviation">The standard deviation of agreement over such panels, 0 to 0.5.</param>
/// <param name="EntropyDeviation">The standard deviation of the (normalised) entropy over such panels, 0 to 0.5.</param>
public sealed record BootstrapReport(
    double FlipProbability, (double Low, double High)? MonteCarloInterval, int? Replicates, double AgreementDeviation, double EntropyDeviation);

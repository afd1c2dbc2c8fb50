namespace Consensus.Core.Stability;

/// <summary>How far a model agrees with itself within a run.</summary>
/// <param name="Model">The model's id.</param>
/// <param name="Samples">How many of its samples have a vote.</param>
/// <param name="Score">The share of the pairs of those samples that are in the same cluster, 0 to 1; <c>null</c> with fewer than two.</param>
public sealed record ModelRepeatability(string Model, int Samples, double? Score);

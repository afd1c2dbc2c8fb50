namespace Consensus.Core.Numerics;

/// <summary>An interval of numbers, ends included.</summary>
/// <param name="Low">The lower end.</param>
/// <param name="High">The upper end, ≥ <paramref name="Low"/>.</param>
public readonly record struct Interval(double Low, double High);

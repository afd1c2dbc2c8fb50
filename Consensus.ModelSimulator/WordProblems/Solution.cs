using Consensus.ModelSimulator.Arithmetic;

namespace Consensus.ModelSimulator.WordProblems;

/// <summary>The answer to a word problem.</summary>
/// <param name="Value">The number.</param>
/// <param name="Steps">The calculation, without its result: <c>12 / 3</c>.</param>
/// <param name="Dollars">Whether it is an amount of money.</param>
internal sealed record Solution(Rational Value, string Steps, bool Dollars = false);

using System.Runtime.InteropServices;

namespace Consensus.Core.Answers.Numbers;

/// <summary>A number that stands in a text.</summary>
/// <param name="Start">Where it begins, its sign and currency included.</param>
/// <param name="End">Where it ends, a percent sign or a scale word included.</param>
/// <param name="Value">Its value; a percent sign is a unit, so 35 % is 35.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct NumberToken(int Start, int End, Quantity Value);

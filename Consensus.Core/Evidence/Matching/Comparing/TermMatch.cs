using System.Runtime.InteropServices;

namespace Consensus.Core.Evidence.Matching.Comparing;

/// <summary>Where a sentence has a term of a claim.</summary>
/// <param name="Strength">How well, 0 to 1; 0 where it has not.</param>
/// <param name="Place">The term of the sentence; −1 where it is only known from before.</param>
/// <param name="IsOpposite">The sentence has the opposite.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct TermMatch(double Strength, int Place = -1, bool IsOpposite = false)
{
    public static TermMatch None { get; } = new(0);
}

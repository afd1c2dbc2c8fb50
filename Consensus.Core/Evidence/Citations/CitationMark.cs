using System.Runtime.InteropServices;

namespace Consensus.Core.Evidence.Citations;

/// <summary>Where a text cites a passage.</summary>
/// <param name="Position">The place in the text without marks: the mark stood before the character there.</param>
/// <param name="Passage">The number that it names, from 1; there need be no such passage.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct CitationMark(int Position, int Passage);

/// <summary>A text whose marks of citations were taken out.</summary>
/// <param name="Text">What is left.</param>
/// <param name="Marks">The marks, in the order in which they stood.</param>
public sealed record CitedText(string Text, IReadOnlyList<CitationMark> Marks);

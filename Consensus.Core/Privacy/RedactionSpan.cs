using System.Runtime.InteropServices;

namespace Consensus.Core.Privacy;

/// <summary>A stretch of a text that is a secret or personal.</summary>
/// <param name="Start">Its first character.</param>
/// <param name="End">The character after it.</param>
/// <param name="Marker">What stands in its place.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct RedactionSpan(int Start, int End, string Marker);

using System.Runtime.InteropServices;

namespace Consensus.Core.Claims;

/// <summary>A single statement in an answer.</summary>
/// <param name="Text">What it says, as written; white space at its edges and a list's mark aside.</param>
/// <param name="Start">Its first character in the answer.</param>
/// <param name="End">The character after its last one.</param>
/// <param name="IsCheckable">Whether it asserts something that a text could bear out; a question and the lead-in of a list do not.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct Claim(string Text, int Start, int End, bool IsCheckable);

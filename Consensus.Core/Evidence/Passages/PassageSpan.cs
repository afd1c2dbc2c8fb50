namespace Consensus.Core.Evidence.Passages;

/// <summary>A passage as a place in its text, in UTF-16 code units.</summary>
/// <param name="Start">Its first character, never white space.</param>
/// <param name="End">The character after its last one, which is no white space either.</param>
public readonly record struct PassageSpan(int Start, int End);

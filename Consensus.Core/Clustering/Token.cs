using System.Runtime.InteropServices;

namespace Consensus.Core.Clustering;

/// <summary>A word of a text; in scripts without spaces between words, a pair of characters.</summary>
/// <param name="Form">The folded word, an English plural without its ending.</param>
/// <param name="IsStopWord">It carries no meaning of its own.</param>
/// <param name="IsNegation">It denies.</param>
/// <param name="IsEntity">It is written with a capital that its place does not call for.</param>
/// <param name="IsCode">It has digits and other characters.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Token(string Form, bool IsStopWord, bool IsNegation, bool IsEntity, bool IsCode);

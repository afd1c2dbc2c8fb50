using System.Runtime.InteropServices;

namespace Consensus.Core.Clustering;

/// <summary>A word of a text; in scripts without spaces between words, a pair of characters.</summary>
/// <param name="Form">The folded word, an English plural without its ending.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Token(string Form)
{
    /// <summary>It carries no meaning of its own.</summary>
    public bool IsStopWord { get; init; }

    /// <summary>It denies.</summary>
    public bool IsNegation { get; init; }

    /// <summary>It is written with a capital that its place does not call for.</summary>
    public bool IsEntity { get; init; }

    /// <summary>It begins with a capital, wherever it stands.</summary>
    public bool IsCapital { get; init; }

    /// <summary>It has digits and other characters: H2O, 12:30.</summary>
    public bool IsCode { get; init; }

    /// <summary>It is a number written as a word; the form has the digits.</summary>
    public bool IsSpelledNumber { get; init; }

    /// <summary>Punctuation stands before it.</summary>
    public bool IsAfterBreak { get; init; }
}

using System.Runtime.InteropServices;

namespace Consensus.Core.Evidence.Matching.Reading;

/// <summary>What a lexeme is.</summary>
internal enum LexemeKind
{
    /// <summary>A word.</summary>
    Word,

    /// <summary>A pair of characters of a script without spaces between words.</summary>
    Dense,

    /// <summary>Digits.</summary>
    Number,

    /// <summary>A sign or a punctuation mark.</summary>
    Mark,
}

/// <summary>The smallest part of a sentence that says something by itself.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Form">The folded word, the pair, or the sign; of a number what is written straight after the digits ("th", "s").</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Lexeme(LexemeKind Kind, string Form)
{
    /// <summary>The value of a number; of one that can be read in two ways the English one.</summary>
    public double Value { get; init; }

    /// <summary>The other way to read it ("1.500"); else the same.</summary>
    public double Other { get; init; }

    /// <summary>How many digits a number has without separators; 0 where it has a fraction or separators.</summary>
    public int PlainDigits { get; init; }

    /// <summary>It begins with a capital.</summary>
    public bool IsCapital { get; init; }

    /// <summary>It is written in capitals only, or has digits and letters.</summary>
    public bool IsCode { get; init; }

    /// <summary>It stands where any word has a capital.</summary>
    public bool OpensSentence { get; init; }

    /// <summary>It denies, by a character in it.</summary>
    public bool Denies { get; init; }
}

using System.Runtime.InteropServices;

namespace Consensus.Core.Evidence.Matching.Reading;

/// <summary>A part of a statement that has to be borne out: a word, a pair of characters, or a quantity.</summary>
/// <param name="Form">The folded word; of a quantity empty.</param>
/// <param name="Key">What equal meanings share.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Term(string Form, string Key)
{
    /// <summary>The quantity; <c>null</c> of words.</summary>
    public Quantity? Quantity { get; init; }

    /// <summary>It names somebody or something.</summary>
    public bool IsName { get; init; }

    /// <summary>It may name somebody or something: its capital has another reason too.</summary>
    public bool MayBeName { get; init; }

    /// <summary>It is a pair of characters of a script without spaces.</summary>
    public bool IsDense { get; init; }

    /// <summary>It is denied an odd number of times.</summary>
    public bool IsDenied { get; init; }

    /// <summary>Its clause denies an odd number of times.</summary>
    public bool IsInDenial { get; init; }

    /// <summary>It is planned, possible or hearsay.</summary>
    public bool IsHedged { get; init; }

    /// <summary>The function word right before it or the name it is part of; empty without.</summary>
    public string Lead { get; init; } = "";

    /// <summary>The clause it stands in, from 0.</summary>
    public int Clause { get; init; }
}

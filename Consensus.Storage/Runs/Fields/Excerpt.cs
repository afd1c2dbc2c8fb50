using System.Globalization;

namespace Consensus.Storage.Runs.Fields;

/// <summary>The beginning of a text, for listings.</summary>
internal static class Excerpt
{
    /// <summary>The most characters (UTF-16 units) of an excerpt.</summary>
    public const int MaxLength = 200;

    /// <summary>
    /// The longest beginning of whole text elements (what a reader sees as one character) within the length. A single element that is longer, such as a
    /// letter under hundreds of marks, is cut between code points.
    /// </summary>
    public static string Of(string text)
    {
        if (text.Length <= MaxLength)
            return text;

        var length = 0;
        while (StringInfo.GetNextTextElementLength(text.AsSpan(length)) is var next && length + next <= MaxLength)
            length += next;
        if (length == 0)
            length = char.IsHighSurrogate(text[MaxLength - 1]) ? MaxLength - 1 : MaxLength;
        return text[..length];
    }
}

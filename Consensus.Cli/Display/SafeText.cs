using Consensus.Contracts.Text;

namespace Consensus.Cli.Display;

/// <summary>
/// Text that somebody else wrote, made safe for a terminal. A model's answer may hold escape sequences that move the cursor, change the
/// title or answer for the user, and direction marks that make one text look like another: each is shown as what it is, never sent.
/// </summary>
internal static class SafeText
{
    /// <summary>The text in one line of at most <paramref name="length"/> characters.</summary>
    public static string Line(string? text, int length = 120) => VisibleText.Line(text, length);

    /// <summary>The text with its own line breaks, at most <paramref name="length"/> characters; the rest is counted.</summary>
    public static string Block(string? text, int length = 4_000)
    {
        // A carriage return alone would let one line write over another.
        var whole = VisibleText.Of(text?.ReplaceLineEndings("\n").Replace("\t", "    "));
        if (whole.Length <= length)
        {
            return whole;
        }

        var cut = char.IsHighSurrogate(whole[length - 1]) ? length - 1 : length;
        return $"{whole[..cut]}… ({whole.Length - cut} more characters; --json has them)";
    }
}

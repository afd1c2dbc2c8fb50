using System.Globalization;
using System.Text;

namespace Consensus.Cli.Display;

/// <summary>
/// Text that somebody else wrote, made safe for a terminal. A model's answer may hold escape sequences that move the cursor, change the
/// title or answer for the user, and direction marks that make one text look like another: each is shown as what it is, never sent.
/// </summary>
internal static class SafeText
{
    /// <summary>The text in one line of at most <paramref name="length"/> characters.</summary>
    public static string Line(string? text, int length = 120)
    {
        var line = new StringBuilder();
        var count = 0;
        var gap = false;
        foreach (var rune in (text ?? "").EnumerateRunes())
        {
            if (Rune.IsWhiteSpace(rune))
            {
                gap = line.Length > 0;
                continue;
            }

            if (count >= length)
            {
                return line.Append('…').ToString();
            }

            count += gap ? 2 : 1;
            line.Append(gap ? " " : "");
            gap = false;
            Append(line, rune);
        }

        return line.ToString();
    }

    /// <summary>The text with its own line breaks, at most <paramref name="length"/> characters; the rest is counted.</summary>
    public static string Block(string? text, int length = 4_000)
    {
        var block = new StringBuilder();
        var count = 0;
        foreach (var rune in (text ?? "").ReplaceLineEndings("\n").EnumerateRunes())
        {
            if (count++ < length)
            {
                _ = rune.Value is '\n' ? block.Append('\n') : rune.Value is '\t' ? block.Append("    ") : Append(block, rune);
            }
        }

        return count <= length ? block.ToString() : $"{block}… ({count - length} more characters; --json has them)";
    }

    private static StringBuilder Append(StringBuilder to, Rune rune) =>
        IsHarmless(rune) ? to.Append(rune.ToString()) : to.Append($"<U+{rune.Value:X4}>");

    private static bool IsHarmless(Rune rune) => Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.PrivateUse => false,
        // The joiners shape letters in several scripts and hold emoji together; every other format character hides or turns text.
        UnicodeCategory.Format => rune.Value is 0x200C or 0x200D,
        _ => true,
    };
}

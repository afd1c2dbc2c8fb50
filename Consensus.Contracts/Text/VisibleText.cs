using System.Globalization;
using System.Text;

namespace Consensus.Contracts.Text;

/// <summary>
/// Text that somebody else wrote, with everything that acts instead of being seen spelled out as <c>&lt;U+202E&gt;</c>: control characters
/// (escape sequences among them), direction overrides, invisible and private-use characters. Line breaks and tabs stay. What is left is
/// still plain text: a page must encode it, and a terminal must not read markup in it.
/// </summary>
public static class VisibleText
{
    /// <summary>The text as it can be shown; broken surrogates become U+FFFD.</summary>
    public static string Of(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return "";
        }

        var shown = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            Append(shown, rune);
        }

        return shown.ToString();
    }

    /// <summary>The text in one line, its white space made single spaces, cut with an ellipsis after <paramref name="length"/> characters.</summary>
    public static string Line(string? text, int length)
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

    private static void Append(StringBuilder shown, Rune rune)
    {
        if (IsSeen(rune))
        {
            Span<char> units = stackalloc char[2];
            shown.Append(units[..rune.EncodeToUtf16(units)]);
        }
        else
        {
            shown.Append($"<U+{rune.Value:X4}>");
        }
    }

    private static bool IsSeen(Rune rune) => Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.Control => rune.Value is '\n' or '\r' or '\t',
        UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.PrivateUse => false,
        // The joiners shape letters in several scripts and hold emoji together; every other format character hides or turns text.
        UnicodeCategory.Format => rune.Value is 0x200C or 0x200D,
        _ => true,
    };
}

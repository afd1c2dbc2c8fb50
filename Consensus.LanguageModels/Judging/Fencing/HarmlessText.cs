using System.Buffers;
using System.Globalization;
using System.Text;

namespace Consensus.LanguageModels.Judging.Fencing;

/// <summary>Makes a text say what it says and do nothing else.</summary>
internal static class HarmlessText
{
    /// <summary>So many angle brackets or look-alikes in a row could be taken for a marker of a fence.</summary>
    private const int MarkerRun = 3;

    /// <summary>ASCII's angle brackets and what looks like one or several of them.</summary>
    private static readonly SearchValues<char> Angles = SearchValues.Create("<>‹›«»˂˃ᐸᐳ≪≫⋘⋙〈〉⟨⟩⟪⟫⧼⧽❬❭❮❯❰❱〈〉《》﹤﹥＜＞︿﹀︽︾");

    /// <summary>What servers read as the marks of turns, wherever it stands. A space behind the first character makes it text.</summary>
    private static readonly string[] TurnMarks =
    [
        "<|", "<<SYS>>", "<</SYS>>", "[INST]", "[/INST]", "<s>", "</s>", "<bos>", "<eos>", "<start_of_turn>", "<end_of_turn>", "<｜", "[SYSTEM_PROMPT]",
        "[/SYSTEM_PROMPT]",
    ];

    /// <summary>
    /// The text with every line separator as a line feed; with characters that hide or turn what is written, and broken ones, shown by their code as <c>[U+202E]</c>; and
    /// with marks of turns and runs of angle brackets set apart by spaces.
    /// </summary>
    public static string Of(string text) => ApartAngles(TurnMarks.Aggregate(Shown(text), static (t, mark) => t.Replace(mark, $"{mark[0]} {mark[1..]}", StringComparison.OrdinalIgnoreCase)));

    private static string Shown(string text)
    {
        var shown = new StringBuilder(text.Length);
        var previous = default(Rune);
        foreach (var rune in text.EnumerateRunes())
        {
            switch (rune.Value)
            {
                case '\n' when previous.Value == '\r':
                    break;
                case '\n' or '\r' or '\v' or '\f' or 0x85 or 0x2028 or 0x2029 or 0x1C or 0x1D or 0x1E:
                    shown.Append('\n');
                    break;
                default:
                    if (IsHarmful(rune))
                    {
                        shown.Append(CultureInfo.InvariantCulture, $"[U+{rune.Value:X4}]");
                    }
                    else
                    {
                        shown.Append(rune);
                    }

                    break;
            }

            previous = rune;
        }

        return shown.ToString();
    }

    // Joiners (U+200C, U+200D) and the emoji selector belong to words and pictures; tab is a space.
    private static bool IsHarmful(Rune rune) => rune.Value is not ('\t' or 0x200C or 0x200D or 0xFE0E or 0xFE0F)
        && (Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.PrivateUse or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
            || rune.Value is (>= 0xFE00 and <= 0xFE0D) or (>= 0xE0000 and <= 0xE0FFF) or 0x115F or 0x1160 or 0x3164 or 0xFFA0);

    // Joiners between the brackets do not count: they are not seen.
    private static string ApartAngles(string text)
    {
        if (!text.AsSpan().ContainsAny(Angles))
        {
            return text;
        }

        var apart = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length;)
        {
            if (!Angles.Contains(text[i]))
            {
                apart.Append(text[i++]);
                continue;
            }

            var (end, angles) = (i, 0);
            while (end < text.Length && (Angles.Contains(text[end]) || text[end] is '\u200C' or '\u200D' or '\uFE0E' or '\uFE0F'))
            {
                angles += Angles.Contains(text[end++]) ? 1 : 0;
            }

            apart.Append(angles >= MarkerRun ? string.Join(' ', text[i..end].AsEnumerable()) : text[i..end]);
            i = end;
        }

        return apart.ToString();
    }
}

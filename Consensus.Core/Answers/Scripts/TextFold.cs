using System.Globalization;
using System.Text;

namespace Consensus.Core.Answers.Scripts;

/// <summary>Brings texts that differ only in their encoding or case to one form.</summary>
internal static class TextFold
{
    private const int MathematicalLetters = 0x1D400;
    private const int MathematicalDigits = 0x1D7CE;

    /// <summary>Compatibility characters resolved, letters and marks composed, case folded, every run of white space one space.</summary>
    public static string Fold(string text)
    {
        var result = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (char.IsHighSurrogate(c) && i + 1 < text.Length
                && Mathematical(char.ConvertToUtf32(c, text[i + 1] is >= '\uDC00' and <= '\uDFFF' ? text[i + 1] : '\uDC00')) is { } plain)
            {
                result.Append(plain);
                i++;
            }
            else
            {
                Append(c, result);
            }
        }
        return result.ToString().Trim();
    }

    private static void Append(char c, StringBuilder result)
    {
        if (char.IsWhiteSpace(c))
        {
            if (result.Length > 0 && result[^1] != ' ')
                result.Append(' ');
            return;
        }
        if (c < 128)
        {
            result.Append(char.ToLowerInvariant(c));
            return;
        }
        switch (c)
        {
            case '\u200B' or '\u200C' or '\u200D' or '\u200E' or '\u200F' or '\uFEFF' or '\u00AD' or '\u2060':
                return;
            case '‘' or '’' or 'ʼ' or '‛':
                result.Append('\'');
                return;
            case '“' or '”' or '„':
                result.Append('"');
                return;
            case '‐' or '‑' or '‒' or '–' or '−':
                result.Append('-');
                return;
            case '…':
                result.Append("...");
                return;
            case 'ß' or 'ẞ':
                result.Append("ss");
                return;
            case 'ς':
                result.Append('σ');
                return;
            case >= '₀' and <= '₉':
                result.Append((char)(c - '₀' + '0'));
                return;
            case >= '！' and <= '～':
                result.Append(char.ToLowerInvariant((char)(c - 0xFEE0)));
                return;
        }
        if (Composition.Compatible(c) is { } other)
        {
            foreach (var part in other)
                Compose(part, result);
            return;
        }
        var digit = c is '²' or '³' or '¹' || c >= '⁰' && c <= '⁹' ? -1 : CharUnicodeInfo.GetDecimalDigitValue(c);
        if (digit >= 0)
            result.Append((char)('0' + digit));
        else
            Compose(c, result);
    }

    private static void Compose(char c, StringBuilder result)
    {
        var lower = char.ToLowerInvariant(c);
        if (result.Length > 0 && Composition.Compose(result[^1], lower) is { } composed)
            result[^1] = composed;
        else
            result.Append(lower == 'ς' ? 'σ' : lower);
    }

    /// <summary>The plain letter or digit of the mathematical alphabets (𝐏, 𝑷, 𝟓), or <c>null</c>. Greek and unassigned places are left alone.</summary>
    private static char? Mathematical(int codePoint)
    {
        if (codePoint is >= MathematicalLetters and < MathematicalLetters + (13 * 52))
            return (char)('a' + ((codePoint - MathematicalLetters) % 26));
        return codePoint is >= MathematicalDigits and <= 0x1D7FF ? (char)('0' + ((codePoint - MathematicalDigits) % 10)) : null;
    }
}

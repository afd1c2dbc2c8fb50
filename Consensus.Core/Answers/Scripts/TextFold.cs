using System.Globalization;
using System.Text;

namespace Consensus.Core.Answers.Scripts;

/// <summary>Brings texts that differ only in their encoding or case to one form.</summary>
internal static class TextFold
{
    /// <summary>Compatibility characters resolved, case folded, every run of white space one space.</summary>
    public static string Fold(string text)
    {
        var result = new StringBuilder(text.Length);
        foreach (var c in text)
            Append(c, result);
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
            case '\u200B' or '\u200C' or '\u200D' or '\uFEFF' or '\u00AD' or '\u2060':
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
            case 'ß':
                result.Append("ss");
                return;
            case 'ς':
                result.Append('σ');
                return;
            case >= '！' and <= '～':
                result.Append(char.ToLowerInvariant((char)(c - 0xFEE0)));
                return;
        }
        var digit = CharUnicodeInfo.GetDecimalDigitValue(c);
        result.Append(digit >= 0 ? (char)('0' + digit) : char.ToLowerInvariant(c));
    }
}

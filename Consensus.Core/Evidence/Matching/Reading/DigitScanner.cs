using System.Globalization;

namespace Consensus.Core.Evidence.Matching.Reading;

/// <summary>Reads numbers written in digits, with their separators.</summary>
internal static class DigitScanner
{
    /// <summary>Longer runs of digits are cut: nothing tells them apart from here on.</summary>
    private const int MostDigits = 40;

    public static int Digit(char c) => char.IsAsciiDigit(c) ? c - '0' : c < 128 || c is '²' or '³' or '¹' ? -1 : CharUnicodeInfo.GetDecimalDigitValue(c);

    /// <summary>Adds the number that begins at a place; the place after it and the letters written straight after it.</summary>
    public static int Read(string text, int start, List<Lexeme> lexemes)
    {
        var (whole, i) = Digits(text, start);
        List<string> groups = [];
        var separator = '\0';
        while (i + 1 < text.Length && IsSeparator(text[i]) && Digit(text[i + 1]) >= 0 && (separator == '\0' || text[i] == separator || text[i] is '.' or ','))
        {
            var isOther = separator != '\0' && text[i] != separator;
            var (group, end) = Digits(text, i + 1);
            if ((text[i] is ' ' or '\u00A0' or '\u202F' or '\'' or '’' && group.Length != 3) || (text[i] is ' ' && whole.Length > 3))
            {
                break;
            }

            if (isOther || ((text[i] is '.' or ',') && group.Length != 3))
            {
                // The last separator of all is the decimal one.
                return Add(whole + string.Concat(groups), group, double.NaN, text, end, lexemes);
            }

            (separator, i) = (text[i], end);
            groups.Add(group);
        }

        // "1.500": one thousand and a half in German, one and a half in English.
        return groups is [var only] && separator is '.' or ','
            ? separator == '.' ? Add(whole, only, Parse(whole + only, ""), text, i, lexemes) : Add(whole + only, "", Parse(whole, only), text, i, lexemes)
            : Add(whole + string.Concat(groups), "", double.NaN, text, i, lexemes, groups.Count == 0);
    }

    private static bool IsSeparator(char c) => c is '.' or ',' or '\'' or '’' or ' ' or '\u00A0' or '\u202F';

    private static (string Digits, int End) Digits(string text, int start)
    {
        Span<char> digits = stackalloc char[MostDigits];
        var end = start;
        for (; end < text.Length && Digit(text[end]) is >= 0 and var digit; end++)
        {
            if (end - start < MostDigits)
            {
                digits[end - start] = (char)('0' + digit);
            }
        }

        return (digits[..Math.Min(end - start, MostDigits)].ToString(), end);
    }

    private static double Parse(string whole, string fraction) => double.Parse($"{whole}.{fraction}0", NumberStyles.Float, CultureInfo.InvariantCulture);

    private static int Add(string whole, string fraction, double other, string text, int end, List<Lexeme> lexemes, bool isPlain = false)
    {
        var value = Parse(whole, fraction);
        var (suffix, after) = Suffix(text, end);
        lexemes.Add(new Lexeme(LexemeKind.Number, suffix) { Value = value, Other = double.IsNaN(other) ? value : other, PlainDigits = isPlain ? whole.Length : 0 });
        return after;
    }

    // "3rd", "1990s": units such as "12km" are words of their own.
    private static (string Suffix, int End) Suffix(string text, int end)
    {
        var length = 0;
        while (length < 3 && end + length < text.Length && char.IsAsciiLetterLower(text[end + length]))
        {
            length++;
        }

        var suffix = text.Substring(end, length);
        return suffix is "st" or "nd" or "rd" or "th" or "s" ? (suffix, end + length) : ("", end);
    }
}

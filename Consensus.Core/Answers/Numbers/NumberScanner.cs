namespace Consensus.Core.Answers.Numbers;

/// <summary>
/// Finds the numbers of a prepared text from left to right, in time linear in its length. Not numbers: parts of a word (H2O), dates and times, versions,
/// superscripts of something that is not a number.
/// </summary>
internal static class NumberScanner
{
    private const string Currencies = "$€£¥₹₩₽₺₫฿¢";

    /// <param name="text">The text, prepared by <see cref="NumberText"/>.</param>
    /// <param name="spacesGroup">Whether "1 234" is one number, as in an answer that is a number alone.</param>
    public static List<NumberToken> Scan(string text, bool spacesGroup)
    {
        List<NumberToken> tokens = [];
        for (var i = 0; i < text.Length;)
        {
            if (char.IsAsciiDigit(text[i]) || (text[i] == '.' && i + 1 < text.Length && char.IsAsciiDigit(text[i + 1]) && (i == 0
                || !char.IsLetterOrDigit(text[i - 1]))))
                i = ScanOne(text, i, spacesGroup, tokens);
            else
                i++;
        }
        return tokens;
    }

    private static int ScanOne(string text, int start, bool spacesGroup, List<NumberToken> tokens)
    {
        var position = start;
        var numeral = Numeral.Read(text, ref position, spacesGroup);
        if (IsPartOfWord(text, start) || numeral is null)
            return SkipRun(text, position);
        if (IsClockOrDate(text, ref position))
            return position;
        var (sign, begin) = SignBefore(text, start, tokens);
        var value = numeral;
        value = Scaling.Power(text, ref position, value.Value);
        value = value is null ? null : Scaling.Fraction(text, ref position, value.Value, tokens, ref begin, ref sign);
        value = value is null ? null : Scaling.Unit(text, ref position, value.Value, hasCurrency: begin < start && Currencies.Contains(text[start - 1]));
        if (value is { } result)
            tokens.Add(new NumberToken(begin, position, sign < 0 ? result.Negated() : result));
        return position;
    }

    private static bool IsPartOfWord(string text, int start)
    {
        if (start == 0)
            return false;
        var before = text[start - 1];
        if (before is '^' or '_')
            return true;
        if (before == '-' && start > 1 && char.IsLetter(text[start - 2]) && text[start - 2] < 0x2E80)
            return true;
        // Scripts without spaces between words (Han, kana, Hangul, Thai) set a number directly after a word.
        return char.IsLetter(before) && before is < '\u0E00' or (> '\u0E7F' and < '\u2E80') && before is not ('x' or 'X' or '×' or 'π');
    }

    private static int SkipRun(string text, int position)
    {
        while (position < text.Length && (char.IsAsciiLetterOrDigit(text[position]) || text[position] == '_'))
            position++;
        return position;
    }

    /// <summary>12:30, 2024-05-01, 3/4/2024: moves past the whole and says so.</summary>
    private static bool IsClockOrDate(string text, ref int position)
    {
        var i = position;
        var parts = 1;
        var separator = i < text.Length ? text[i] : '\0';
        if (separator is not (':' or '/' or '-' or '.'))
            return false;
        while (i + 1 < text.Length && text[i] == separator && char.IsAsciiDigit(text[i + 1]))
        {
            parts++;
            i++;
            while (i < text.Length && char.IsAsciiDigit(text[i]))
                i++;
        }
        if (parts >= 3 || (parts == 2 && separator == ':'))
        {
            position = i;
            return true;
        }
        return false;
    }

    /// <summary>The sign and where the number begins with it: -$5, $-5, minus 5. A hyphen after a digit, a letter or a bracket joins or subtracts.</summary>
    private static (int Sign, int Begin) SignBefore(string text, int start, List<NumberToken> tokens)
    {
        var i = start;
        var sign = 1;
        var floor = tokens.Count > 0 ? tokens[^1].End : 0;
        for (var step = 0; step < 3 && i > floor; step++)
        {
            var before = text[i - 1];
            if (Currencies.Contains(before))
            {
                i--;
            }
            else if (before is '-' or '+' or '–' && (i < 2 || IsOpening(text[i - 2])))
            {
                sign = before == '+' ? sign : -1;
                i--;
                break;
            }
            else
            {
                break;
            }
        }
        var words = text.AsSpan(floor, i - floor).TrimEnd();
        if (words.EndsWith("minus", StringComparison.OrdinalIgnoreCase) || words.EndsWith("negative", StringComparison.OrdinalIgnoreCase))
        {
            var word = words.EndsWith("minus", StringComparison.OrdinalIgnoreCase) ? 5 : 8;
            var isFirst = words[..^word].TrimEnd() is [] or [.., '=' or ':' or '(' or 's'];
            return isFirst ? (-1, floor + words.Length - word) : (sign, i);
        }
        return (sign, i);
    }

    private static bool IsOpening(char c) => char.IsWhiteSpace(c)
        || c is '(' or '[' or '{' or '=' or ':' or ',' or '*' or '"' or '\'' or '`' or '×' or '/' or '<' or '>' or '≈' || Currencies.Contains(c) || c > 0x2E80;
}

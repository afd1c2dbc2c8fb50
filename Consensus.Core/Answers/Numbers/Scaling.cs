using System.Globalization;

namespace Consensus.Core.Answers.Numbers;

/// <summary>What may follow a numeral and change its value: powers, a denominator, a word or sign of scale.</summary>
internal static class Scaling
{
    private static readonly (string Word, int Power)[] Words =
    [
        ("thousand", 3), ("million", 6), ("billion", 9), ("trillion", 12), ("mio", 6), ("mrd", 9), ("millones", 6), ("millionen", 6), ("milliarden", 9),
        ("milliards", 9),
        ("百万", 6), ("万", 4), ("萬", 4), ("億", 8), ("亿", 8), ("兆", 12), ("만", 4), ("억", 8),
    ];

    /// <summary><c>× 10^5</c>, <c>x10^{5}</c>, <c>*10**5</c>, and a plain power <c>2^10</c>.</summary>
    public static Quantity? Power(string text, ref int position, Quantity value)
    {
        var i = SkipSpaces(text, position);
        if (i < text.Length && text[i] is '×' or 'x' or '*' or '·' or '⋅' && (text[i] != '*' || i + 1 >= text.Length || text[i + 1] != '*'))
        {
            i = SkipSpaces(text, i + 1);
            if (i + 2 < text.Length && text[i] == '1' && text[i + 1] == '0')
            {
                i += 2;
                if (Exponent(text, ref i) is { } ten)
                {
                    position = i;
                    return Math.Abs(ten) > 300 ? null : Shift(value, ten);
                }
            }
            return value;
        }
        i = position;
        if (Exponent(text, ref i) is not { } power)
            return value;
        position = i;
        return value.Key == "10" && Math.Abs(power) <= 300 ? Shift(Quantity.FromDigits(false, "1", "", 0)!.Value, power)
            : Quantity.FromDouble(Math.Pow(value.Value, power));
    }

    /// <summary><c>3/4</c>, and <c>1 1/2</c> with the whole number before it.</summary>
    public static Quantity? Fraction(string text, ref int position, Quantity numerator, List<NumberToken> tokens, ref int begin, ref int sign)
    {
        var i = SkipSpaces(text, position);
        if (i >= text.Length || text[i] != '/')
            return numerator;
        i = SkipSpaces(text, i + 1);
        var start = i;
        while (i < text.Length && char.IsAsciiDigit(text[i]))
            i++;
        if (i == start || i - start > 9 || (i < text.Length && text[i] == '/'))
            return numerator;
        position = i;
        var denominator = int.Parse(text.AsSpan(start, i - start), CultureInfo.InvariantCulture);
        if (Quantity.Divide(numerator, Quantity.FromDouble(denominator)!.Value) is not { } fraction)
            return null;
        var isMixed = tokens.Count > 0 && begin == tokens[^1].End + 1 && text[begin - 1] == ' ' && IsInteger(tokens[^1].Value) && fraction.Value < 1;
        if (!isMixed)
            return fraction;
        var whole = tokens[^1];
        tokens.RemoveAt(tokens.Count - 1);
        begin = whole.Start;
        sign = whole.Value.Value < 0 ? -1 : 1;
        return Quantity.FromDouble(Math.Abs(whole.Value.Value) + fraction.Value);
    }

    /// <summary>Percent signs and words of scale: <c>1.5 million</c>, <c>$20k</c>, <c>$3M</c>, <c>3万</c>.</summary>
    public static Quantity? Unit(string text, ref int position, Quantity value, bool hasCurrency)
    {
        var i = SkipSpaces(text, position);
        if (i >= text.Length)
            return value;
        var rest = text.AsSpan(i);
        if (rest[0] == '%')
        {
            position = i + 1;
            return value;
        }
        foreach (var (word, power) in Words)
        {
            if (rest.StartsWith(word, StringComparison.OrdinalIgnoreCase) && (word[0] > 127 || rest.Length == word.Length || !char.IsLetter(rest[word.Length])))
            {
                position = i + word.Length;
                return Shift(value, power);
            }
        }
        var isLetterAlone = i == position && (rest.Length == 1 || !char.IsLetterOrDigit(rest[1]));
        var letterPower = !isLetterAlone ? 0 : (rest[0], hasCurrency) switch
        {
            ('k', _) or ('K', true) => 3,
            ('M' or 'm', true) => 6,
            ('B' or 'b', true) => 9,
            _ => 0,
        };
        if (letterPower == 0)
            return value;
        position = i + 1;
        return Shift(value, letterPower);
    }

    private static bool IsInteger(Quantity value) => value.Key.AsSpan().TrimStart('-').IndexOfAnyExceptInRange('0', '9') < 0;

    private static Quantity? Shift(Quantity value, int power)
    {
        var key = value.Key.AsSpan().TrimStart('-');
        var e = key.IndexOf('e');
        var exponent = e < 0 ? 0 : int.Parse(key[(e + 1)..], CultureInfo.InvariantCulture);
        var digits = e < 0 ? key : key[..e];
        var point = digits.IndexOf('.');
        return Quantity.FromDigits(value.Value < 0, point < 0 ? digits : digits[..point], point < 0 ? [] : digits[(point + 1)..], exponent + power);
    }

    private static int? Exponent(string text, ref int position)
    {
        var i = position;
        if (i < text.Length && text[i] == '^')
            i++;
        else if (i + 1 < text.Length && text[i] == '*' && text[i + 1] == '*')
            i += 2;
        else
            return null;
        var braced = i < text.Length && text[i] is '{' or '(';
        i += braced ? 1 : 0;
        var negative = i < text.Length && text[i] == '-';
        i += negative ? 1 : 0;
        var start = i;
        while (i < text.Length && char.IsAsciiDigit(text[i]))
            i++;
        if (i == start || i - start > 4)
            return null;
        var value = int.Parse(text.AsSpan(start, i - start), CultureInfo.InvariantCulture);
        if (braced)
        {
            if (i >= text.Length || text[i] is not ('}' or ')'))
                return null;
            i++;
        }
        position = i;
        return negative ? -value : value;
    }

    private static int SkipSpaces(string text, int i)
    {
        while (i < text.Length && text[i] is ' ' or '\u00A0')
            i++;
        return i;
    }
}

using System.Globalization;
using System.Numerics;
using System.Runtime.InteropServices;

namespace Consensus.Core.Answers.Numbers;

/// <summary>
/// A number by value. Integers and short decimals are exact; other values are rounded to <see cref="SignificantDigits"/> digits, so that the noise of
/// floating point (0.30000000000000004) does not set two answers apart.
/// </summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Quantity
{
    /// <summary>The digits that a value with a fractional part is told apart by.</summary>
    public const int SignificantDigits = 12;

    private const int MaxDigits = 400;
    private const int MaxExponent = 300;

    private Quantity(string key, double value)
    {
        Key = key;
        Value = value;
    }

    public static Quantity NaN { get; } = new("nan", double.NaN);

    public static Quantity Infinity { get; } = new("inf", double.PositiveInfinity);

    /// <summary>The normal form, a JSON number (except for the two values above): equal keys are the same number.</summary>
    public string Key { get; }

    /// <summary>The nearest double.</summary>
    public double Value { get; }

    public bool IsFinite => double.IsFinite(Value);

    /// <summary>The value of plain digits: integer part, fraction (may be empty) and a power of ten.</summary>
    public static Quantity? FromDigits(bool negative, ReadOnlySpan<char> whole, ReadOnlySpan<char> fraction, int exponent)
    {
        if (whole.Length + fraction.Length > MaxDigits || Math.Abs(exponent) > MaxExponent)
            return null;
        var digits = string.Concat(whole, fraction);
        exponent -= fraction.Length;
        var significant = digits.AsSpan().TrimStart('0');
        var trimmed = significant.TrimEnd('0');
        exponent += significant.Length - trimmed.Length;
        if (trimmed.Length == 0)
            return new Quantity("0", 0);
        if (exponent < 0 && trimmed.Length > SignificantDigits)
            return FromDouble(double.Parse($"{(negative ? "-" : "")}{trimmed}e{exponent}", CultureInfo.InvariantCulture));
        return Make(negative, trimmed, exponent);
    }

    /// <summary>The value of a computed number; not a number and the infinities have none.</summary>
    public static Quantity? FromDouble(double value)
    {
        if (!double.IsFinite(value))
            return null;
        if (value == 0)
            return new Quantity("0", 0);
        Span<char> buffer = stackalloc char[40];
        Math.Abs(value).TryFormat(buffer, out var length, "E11", CultureInfo.InvariantCulture);
        var text = buffer[..length];
        var e = text.IndexOf('E');
        var exponent = int.Parse(text[(e + 1)..], CultureInfo.InvariantCulture);
        var digits = string.Concat(text[..1], text[2..e]).AsSpan().TrimEnd('0');
        return Math.Abs(exponent) > MaxExponent ? null : Make(value < 0, digits, exponent - digits.Length + 1);
    }

    public static Quantity? Divide(Quantity dividend, Quantity divisor) => divisor.Value == 0 ? null : FromDouble(dividend.Value / divisor.Value);

    /// <summary>The number in another sign.</summary>
    public Quantity Negated() => Key == "0" || !IsFinite ? this : new Quantity(Key[0] == '-' ? Key[1..] : "-" + Key, -Value);

    /// <summary>Reads a number as a program writes it: <c>-1_000</c>, <c>2.5e-3</c>, <c>0xff</c>, <c>1j</c> not.</summary>
    public static Quantity? ReadProgrammed(ReadOnlySpan<char> text, out int length)
    {
        var i = 0;
        var negative = text is ['-', ..];
        if (text is ['-' or '+', ..])
            i++;
        if (text[i..] is ['i' or 'I', ..])
            return Named(text, i, negative, out length);
        if (text[i..] is ['0', 'x' or 'X', ..])
            return Hexadecimal(text, i + 2, negative, out length);
        var wholeStart = i;
        while (i < text.Length && (char.IsAsciiDigit(text[i]) || (text[i] == '_' && i > wholeStart)))
            i++;
        var whole = text[wholeStart..i].ToString().Replace("_", "", StringComparison.Ordinal);
        var fraction = "";
        if (i < text.Length && text[i] == '.')
        {
            var fractionStart = ++i;
            while (i < text.Length && (char.IsAsciiDigit(text[i]) || text[i] == '_'))
                i++;
            fraction = text[fractionStart..i].ToString().Replace("_", "", StringComparison.Ordinal);
        }
        length = i;
        if (whole.Length + fraction.Length == 0)
            return null;
        var exponent = Exponent(text, ref i);
        length = i;
        var continues = i < text.Length && (char.IsLetterOrDigit(text[i]) || text[i] is '_' or '.');
        return continues ? null : FromDigits(negative, whole, fraction, exponent);
    }

    /// <summary>Reads <c>e-3</c> or <c>E+10</c>, and moves past it; 0 where there is none.</summary>
    public static int Exponent(ReadOnlySpan<char> text, ref int position)
    {
        var i = position;
        if (i >= text.Length || text[i] is not ('e' or 'E'))
            return 0;
        i++;
        var negative = i < text.Length && text[i] == '-';
        if (i < text.Length && text[i] is '-' or '+')
            i++;
        var start = i;
        while (i < text.Length && char.IsAsciiDigit(text[i]))
            i++;
        if (i == start || i - start > 6 || (i < text.Length && char.IsLetter(text[i])))
            return 0;
        position = i;
        var value = int.Parse(text[start..i], CultureInfo.InvariantCulture);
        return negative ? -value : value;
    }

    private static Quantity? Named(ReadOnlySpan<char> text, int start, bool negative, out int length)
    {
        var rest = text[start..];
        var width = rest.StartsWith("Infinity") ? 8 : rest.StartsWith("inf") ? 3 : 0;
        length = start + width;
        return width == 0 ? null : negative ? new Quantity("-inf", double.NegativeInfinity) : Infinity;
    }

    private static Quantity? Hexadecimal(ReadOnlySpan<char> text, int start, bool negative, out int length)
    {
        var end = start;
        while (end < text.Length && char.IsAsciiHexDigit(text[end]))
            end++;
        length = end;
        if (end == start || end - start > MaxDigits)
            return null;
        var value = BigInteger.Parse("0" + text[start..end].ToString(), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
        return FromDigits(negative, value.ToString(CultureInfo.InvariantCulture), "", 0);
    }

    /// <param name="negative">The sign.</param>
    /// <param name="digits">Significant digits, no zero at either end.</param>
    /// <param name="exponent">The power of ten of the last digit.</param>
    private static Quantity? Make(bool negative, ReadOnlySpan<char> digits, int exponent)
    {
        var sign = negative ? "-" : "";
        var point = digits.Length + exponent;
        var key = point switch
        {
            > 40 or < -6 => $"{sign}{digits[..1]}{(digits.Length > 1 ? "." : "")}{digits[1..]}e{point - 1}",
            _ when exponent >= 0 => $"{sign}{digits}{new string('0', exponent)}",
            <= 0 => $"{sign}0.{new string('0', -point)}{digits}",
            _ => $"{sign}{digits[..point]}.{digits[point..]}",
        };
        var value = double.Parse(key, CultureInfo.InvariantCulture);
        return double.IsFinite(value) ? new Quantity(key, value) : null;
    }
}

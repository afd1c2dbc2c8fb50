using System.Globalization;

namespace Consensus.Storage.Audit.Canonical;

/// <summary>Numbers as ECMAScript writes them: ECMA-262, Number::toString with radix 10, which RFC 8785 (section 3.2.2.3) takes over.</summary>
internal static class EcmaScriptNumber
{
    /// <summary>From this decimal exponent on a number is written with one.</summary>
    private const int ExponentFrom = 21;

    private const int SmallestPlain = -6;

    /// <exception cref="ArgumentException">The number is not finite.</exception>
    public static string Write(double number)
    {
        if (!double.IsFinite(number))
            throw new ArgumentException("A number that is not finite has no JSON.", nameof(number));
        if (number == 0)
            return "0";

        // The shortest digits that read back the same, as the standard asks for; only their layout differs.
        var shortest = Math.Abs(number).ToString("R", CultureInfo.InvariantCulture);
        var mark = shortest.IndexOf('E', StringComparison.Ordinal);
        var mantissa = mark < 0 ? shortest : shortest[..mark];
        var power = mark < 0 ? 0 : int.Parse(shortest.AsSpan(mark + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        return (number < 0 ? "-" : "") + Layout(mantissa.Replace(".", "", StringComparison.Ordinal).Trim('0'), power + Point(mantissa));
    }

    /// <summary>Where the first significant digit stands: the mantissa is 0.digits × 10^this.</summary>
    private static int Point(string mantissa)
    {
        var dot = mantissa.IndexOf('.', StringComparison.Ordinal);
        var whole = dot < 0 ? mantissa : mantissa[..dot];
        return whole == "0" ? -mantissa.AsSpan(dot + 1).IndexOfAnyExcept('0') : whole.Length;
    }

    /// <param name="digits">The significant digits.</param>
    /// <param name="point">The number is 0.digits × 10^point.</param>
    private static string Layout(string digits, int point)
    {
        if (point is > 0 and <= ExponentFrom)
            return digits.Length <= point ? digits.PadRight(point, '0') : $"{digits[..point]}.{digits[point..]}";
        if (point is > SmallestPlain and <= 0)
            return "0." + new string('0', -point) + digits;
        var exponent = point - 1;
        var fraction = digits.Length > 1 ? "." + digits[1..] : "";
        return string.Create(CultureInfo.InvariantCulture, $"{digits[0]}{fraction}e{(exponent < 0 ? '-' : '+')}{Math.Abs(exponent)}");
    }
}

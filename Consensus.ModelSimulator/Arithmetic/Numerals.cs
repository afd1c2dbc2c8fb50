using System.Text.RegularExpressions;

namespace Consensus.ModelSimulator.Arithmetic;

/// <summary>Numbers written in digits.</summary>
internal static partial class Numerals
{
    /// <summary>The text without the commas between thousands.</summary>
    public static string Plain(string text) => Thousands().Replace(text, "");

    /// <summary>Every number of the text, in its order; thousands separators must be gone.</summary>
    public static List<Rational> All(string text) => [.. Number().Matches(text).Select(m => m.ValueSpan[0] == '-' ? -Rational.Parse(m.ValueSpan[1..]) : Rational.Parse(m.ValueSpan))];

    [GeneratedRegex(@"(?<![\w.])-?\d{1,30}(?:\.\d{1,30})?", RegexOptions.CultureInvariant)]
    private static partial Regex Number();

    [GeneratedRegex(@"(?<=\d),(?=\d{3}(?!\d))", RegexOptions.CultureInvariant)]
    private static partial Regex Thousands();
}

using System.Globalization;
using System.Text;

namespace Consensus.Core.Answers.Numbers;

/// <summary>Brings a text into the one notation that numbers are scanned in: plain characters for LaTeX commands, superscripts, vulgar fractions and the
/// digits of any script.</summary>
internal static class NumberText
{
    private static readonly (string Command, string Plain)[] Commands =
    [
        ("\\times", "×"), ("\\cdot", "·"), ("\\div", "÷"), ("\\approx", "≈"), ("\\pm", "±"), ("\\pi", "π"), ("\\sqrt", "√"), ("\\infty", "∞"),
        ("\\left", ""), ("\\right", ""), ("\\displaystyle", ""), ("\\text", " "), ("\\mathrm", " "), ("\\mathbf", " "), ("\\textbf", " "), ("\\mbox", " "),
        ("\\boxed", " "), ("\\dfrac", "\\frac"), ("\\tfrac", "\\frac"), ("\\cfrac", "\\frac"), ("\\circ", "°"), ("\\quad", " "), ("\\qquad", " "), ("\\le",
        "≤"), ("\\ge", "≥"),
        ("\\euro", "€"), ("\\pounds", "£"), ("\\percent", "%"),
    ];

    private const string VulgarFractions = "½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅐⅛⅜⅝⅞⅑⅒";

    private static readonly string[] VulgarValues = ["1/2", "1/3", "2/3", "1/4", "3/4", "1/5", "2/5", "3/5", "4/5", "1/6", "5/6", "1/7", "1/8", "3/8", "5/8", "7/8", "1/9", "1/10"];

    public static string Prepare(string text)
    {
        if (text.Contains('\\'))
            text = WithoutCommands(text);
        var result = new StringBuilder(text.Length + 8);
        for (var i = 0; i < text.Length; i++)
            Append(text[i], result);
        return result.ToString();
    }

    private static void Append(char c, StringBuilder result)
    {
        if (c < 128)
        {
            result.Append(c);
            return;
        }
        var superscript = "⁰¹²³⁴⁵⁶⁷⁸⁹".IndexOf(c);
        if (superscript >= 0)
        {
            if (!InSuperscript(result))
                result.Append('^');
            result.Append((char)('0' + superscript));
            return;
        }
        switch (c)
        {
            case '⁻':
                result.Append("^-");
                return;
            case '−' or '﹣' or '－':
                result.Append('-');
                return;
            case '＋':
                result.Append('+');
                return;
            case '⁄' or '∕':
                result.Append('/');
                return;
            case '٫':
                result.Append('.');
                return;
            case '٬':
                result.Append('\u00A0');
                return;
            case '٪' or '％':
                result.Append('%');
                return;
            case '\u2009' or '\u202F' or '\u2007' or '\u00A0':
                result.Append('\u00A0');
                return;
            case '’':
                result.Append('\'');
                return;
            case >= '！' and <= '～':
                result.Append((char)(c - 0xFEE0));
                return;
        }
        var digit = CharUnicodeInfo.GetDecimalDigitValue(c);
        if (digit >= 0)
        {
            result.Append((char)('0' + digit));
            return;
        }
        if (Vulgar(c) is { } fraction)
        {
            if (result.Length > 0 && char.IsAsciiDigit(result[^1]))
                result.Append(' ');
            result.Append(fraction);
            return;
        }
        result.Append(c);
    }

    private static bool InSuperscript(StringBuilder result)
    {
        var i = result.Length - 1;
        while (i >= 0 && i > result.Length - 8 && char.IsAsciiDigit(result[i]))
            i--;
        return i >= 0 && (result[i] == '^' || (result[i] == '-' && i > 0 && result[i - 1] == '^'));
    }

    private static string? Vulgar(char c)
    {
        var at = VulgarFractions.IndexOf(c);
        return at < 0 ? null : VulgarValues[at];
    }

    private static string WithoutCommands(string text)
    {
        var result = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length;)
        {
            if (text[i] == '{' && text.AsSpan(i).StartsWith("{,}"))
            {
                result.Append(',');
                i += 3;
            }
            else if (text[i] != '\\' || i + 1 == text.Length)
            {
                result.Append(text[i++]);
            }
            else if (!char.IsAsciiLetter(text[i + 1]))
            {
                // "\$" and "\%" are the sign itself; "\," and "\!" stand inside grouped digits; "\(", "\[" and "\\" only set the text.
                if (text[i + 1] is '$' or '%' or '#' or '&' or '_')
                    result.Append(text[i + 1]);
                else if (text[i + 1] is ',' or '!' or ';' or ':')
                    result.Append(IsBetweenDigits(text, i) ? "\u00A0" : " ");
                else
                    result.Append(' ');
                i += 2;
            }
            else
            {
                i = Command(text, i, result);
            }
        }
        return result.ToString();
    }

    private static bool IsBetweenDigits(string text, int i) =>
        i > 0 && i + 2 < text.Length && char.IsAsciiDigit(text[i - 1]) && char.IsAsciiDigit(text[i + 2]);

    private static int Command(string text, int start, StringBuilder result)
    {
        var end = start + 1;
        while (end < text.Length && char.IsAsciiLetter(text[end]))
            end++;
        var name = text.AsSpan(start, end - start);
        foreach (var (command, plain) in Commands)
        {
            if (name.SequenceEqual(command))
            {
                name = plain;
                break;
            }
        }
        if (name is not "\\frac")
        {
            result.Append(name is ['\\', ..] ? " " : name);
            return end;
        }
        return Fraction(text, end, result);
    }

    /// <summary><c>\frac{3}{4}</c> and <c>\frac34</c> become <c>3/4</c>, longer parts <c>(a)/(b)</c>.</summary>
    private static int Fraction(string text, int position, StringBuilder result)
    {
        var top = Group(text, ref position);
        var bottom = top is null ? null : Group(text, ref position);
        if (top is null || bottom is null)
        {
            result.Append(' ');
            return position;
        }
        if (result.Length > 0 && char.IsAsciiDigit(result[^1]))
            result.Append(' ');
        var isPlain = top.AsSpan().IndexOfAnyExcept("0123456789.,") < 0 && bottom.AsSpan().IndexOfAnyExcept("0123456789.,") < 0;
        result.Append(isPlain ? $"{top}/{bottom}" : $"({Shallow(top)})/({Shallow(bottom)})");
        return position;
    }

    // Parts of a fraction are prepared once more, and only once: a fraction inside a fraction's part stays a command and makes no number.
    private static string Shallow(string part) => part.Contains("frac", StringComparison.Ordinal) || !part.Contains('\\') ? part : WithoutCommands(part);

    private static string? Group(string text, ref int position)
    {
        while (position < text.Length && text[position] == ' ')
            position++;
        if (position >= text.Length)
            return null;
        if (text[position] != '{')
            return char.IsAsciiDigit(text[position]) ? text[position++].ToString() : null;
        var depth = 0;
        var limit = Math.Min(text.Length, position + 200);
        for (var i = position; i < limit; i++)
        {
            depth += text[i] == '{' ? 1 : text[i] == '}' ? -1 : 0;
            if (depth == 0)
            {
                var inner = text[(position + 1)..i].Trim();
                position = i + 1;
                return inner;
            }
        }
        return null;
    }
}

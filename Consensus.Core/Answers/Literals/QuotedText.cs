using System.Globalization;
using System.Text;

namespace Consensus.Core.Answers.Literals;

/// <summary>Reads quoted text and resolves its escapes, Python's and JSON's alike. An unknown escape keeps its backslash.</summary>
internal static class QuotedText
{
    /// <summary>Reads the quoted text that opens at <paramref name="start"/> (also triple quotes), or <c>null</c> when it never closes.</summary>
    public static string? Read(ReadOnlySpan<char> text, int start, bool raw, out int end)
    {
        var quote = text[start];
        var triple = text[start..] is [_, var b, var c, ..] && b == quote && c == quote;
        var width = triple ? 3 : 1;
        var i = start + width;
        while (i < text.Length)
        {
            if (text[i] == '\\' && i + 1 < text.Length)
            {
                i += 2;
            }
            else if (text[i] == quote && (!triple || (i + 2 < text.Length && text[i + 1] == quote && text[i + 2] == quote)))
            {
                end = i + width;
                var inner = text[(start + width)..i];
                return raw ? inner.ToString() : Unescape(inner);
            }
            else
            {
                i++;
            }
        }
        end = text.Length;
        return null;
    }

    /// <summary>Resolves one level of escapes.</summary>
    public static string Unescape(ReadOnlySpan<char> text)
    {
        if (text.IndexOf('\\') < 0)
            return text.ToString();
        var result = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '\\' || i + 1 == text.Length || IsCommand(text[(i + 1)..]))
            {
                result.Append(text[i]);
                continue;
            }
            i++;
            switch (text[i])
            {
                case 'n': result.Append('\n'); break;
                case 't': result.Append('\t'); break;
                case 'r': result.Append('\r'); break;
                case 'b': result.Append('\b'); break;
                case 'f': result.Append('\f'); break;
                case 'v': result.Append('\v'); break;
                case 'a': result.Append('\a'); break;
                case '0': result.Append('\0'); break;
                case '\n': break;
                case '\\' or '\'' or '"' or '/': result.Append(text[i]); break;
                case 'x': i += Hexadecimal(text[(i + 1)..], 2, 'x', result); break;
                case 'u': i += Hexadecimal(text[(i + 1)..], 4, 'u', result); break;
                default: result.Append('\\').Append(text[i]); break;
            }
        }
        return result.ToString();
    }

    /// <summary>
    /// A word after a backslash that was not doubled: of <c>"\frac{3}{4}"</c> and <c>"\foo"</c> a reader by the letter would make a form feed with "rac" and
    /// "oo". The control characters that nobody writes before a word give way; line breaks and tabs do not, except in front of LaTeX.
    /// </summary>
    private static bool IsCommand(ReadOnlySpan<char> rest) =>
        rest is ['a' or 'b' or 'f' or 'v', (>= 'a' and <= 'z') or (>= 'A' and <= 'Z'), ..]
        || rest.StartsWith("times ") || rest.StartsWith("text{") || rest.StartsWith("tfrac{") || rest.StartsWith("theta") || rest.StartsWith("neq ")
        || rest.StartsWith("right)");

    private static int Hexadecimal(ReadOnlySpan<char> rest, int digits, char letter, StringBuilder result)
    {
        if (rest.Length >= digits && ushort.TryParse(rest[..digits], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code))
        {
            result.Append((char)code);
            return digits;
        }
        result.Append('\\').Append(letter);
        return 0;
    }
}

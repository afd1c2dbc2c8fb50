using System.Text;

namespace Consensus.Core.Answers.Scripts;

/// <summary>Takes Markdown's marks off a text.</summary>
internal static class Markdown
{
    public static string Plain(string text)
    {
        if (text.AsSpan().IndexOfAny("*_`#>[~-") < 0)
            return text;
        var result = new StringBuilder(text.Length);
        foreach (var line in text.Split('\n'))
        {
            if (line.AsSpan().TrimStart().StartsWith("```"))
                continue;
            if (result.Length > 0)
                result.Append('\n');
            Inline(WithoutPrefix(line), result);
        }
        return result.ToString().Trim();
    }

    /// <summary>A line without the marks of a heading, a quotation or a bullet.</summary>
    private static ReadOnlySpan<char> WithoutPrefix(string line)
    {
        var text = line.AsSpan().TrimStart();
        if (text is ['#', ..])
        {
            var level = text.IndexOfAnyExcept('#');
            if (level is > 0 and <= 6 && text[level] == ' ')
                return text[(level + 1)..];
        }
        if (text is ['>', ' ', ..] or ['-', ' ', ..] or ['*', ' ', ..] or ['•', ' ', ..])
            return text[2..];
        return line;
    }

    private static void Inline(ReadOnlySpan<char> line, StringBuilder result)
    {
        for (var i = 0; i < line.Length; i++)
        {
            if (line[i] == '`' || (line[i] is '*' or '~' or '_' && i + 1 < line.Length && line[i + 1] == line[i] && !IsDunder(line, i)))
            {
                i += line[i] == '`' ? 0 : 1;
            }
            else if (line[i] is '*' or '_' && IsEmphasis(line, i))
            {
                continue;
            }
            else if (line[i] == '[' && Link(line[i..]) is { Length: > 0 } label)
            {
                result.Append(label.Text);
                i += label.Length - 1;
            }
            else
            {
                result.Append(line[i]);
            }
        }
    }

    // __init__ is a name.
    private static bool IsDunder(ReadOnlySpan<char> line, int i) =>
        line[i] == '_' && ((i > 0 && char.IsLetterOrDigit(line[i - 1])) == (i + 2 < line.Length && char.IsLetterOrDigit(line[i + 2])));

    // A single mark at one side of a word; "2 * 3" and "snake_case" have it on neither or on both.
    private static bool IsEmphasis(ReadOnlySpan<char> line, int i)
    {
        var before = i > 0 && !char.IsWhiteSpace(line[i - 1]) && char.IsLetterOrDigit(line[i - 1]);
        var after = i + 1 < line.Length && !char.IsWhiteSpace(line[i + 1]) && char.IsLetterOrDigit(line[i + 1]);
        return before != after;
    }

    private readonly ref struct Label(ReadOnlySpan<char> text, int length)
    {
        public ReadOnlySpan<char> Text { get; } = text;

        public int Length { get; } = length;
    }

    private static Label Link(ReadOnlySpan<char> text)
    {
        const int longest = 400;
        var window = text[..Math.Min(text.Length, longest)];
        var close = window.IndexOf("](");
        if (close < 0 || window[1..close].IndexOf('[') >= 0)
            return default;
        var end = window[close..].IndexOf(')');
        return end < 0 ? default : new Label(window[1..close], close + end + 1);
    }
}

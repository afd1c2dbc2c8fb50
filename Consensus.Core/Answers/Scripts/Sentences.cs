namespace Consensus.Core.Answers.Scripts;

/// <summary>Where sentences end.</summary>
internal static class Sentences
{
    private static readonly string[] Abbreviations =
    [
        "st", "mr", "mrs", "ms", "dr", "jr", "sr", "vs", "no", "inc", "ltd", "co", "mt", "prof", "gen", "gov", "e.g", "i.e", "approx", "u.s", "ca",
    ];

    /// <summary>The first sentence of a text that begins with an answer; the whole when the text does not go on after it in the same line.</summary>
    public static string First(string text)
    {
        for (var i = 1; i < text.Length; i++)
        {
            if (text[i] is '。' or '！' or '？' || (text[i] is '.' or '!' or '?' && i + 1 < text.Length && char.IsWhiteSpace(text[i + 1])
                && !IsAbbreviation(text, i)))
                return text[..i];
            if (text[i] == '\n' && i + 1 < text.Length && text[i + 1] == '\n')
                return text[..i];
        }
        return text;
    }

    /// <summary>The last sentence of a text, its closing punctuation aside.</summary>
    public static string Last(string text)
    {
        var end = text.AsSpan().TrimEnd(" .!?*\n\r\t。").Length;
        for (var i = end - 1; i > 0; i--)
        {
            if (text[i] is '\n' or '。' or '！' or '？' || (text[i] is '.' or '!' or '?' && i + 1 < end && char.IsWhiteSpace(text[i + 1])
                && !IsAbbreviation(text, i)))
                return text[(i + 1)..end].Trim();
        }
        return text[..end].Trim();
    }

    /// <summary>The sentences of a text, in order: no line break within one, and neither white space nor a line's bullet or number at its edges.</summary>
    public static IEnumerable<Range> Spans(string text)
    {
        var start = 0;
        for (var i = 0; i < text.Length;)
        {
            var end = AfterMarks(text, i);
            if (end > i && Ends(text, i, end, start))
            {
                if (Trim(text, start, end) is { } span)
                    yield return span;
                start = end;
            }
            i = Math.Max(end, i + 1);
        }
        if (Trim(text, start, text.Length) is { } rest)
            yield return rest;
    }

    /// <summary>Past a line's end, or past the marks that may end a sentence and the quotes and brackets that close after them; −1 where none stand.</summary>
    private static int AfterMarks(string text, int i)
    {
        if (IsLineEnd(text[i]))
            return i + 1;
        if (!IsDenseEnd(text[i]) && text[i] is not ('.' or '!' or '?' or '؟' or '۔' or '।' or '։' or '…'))
            return -1;
        var end = i + 1;
        while (end < text.Length && (IsDenseEnd(text[end]) || "\"”’'»)]」』*_.!?".Contains(text[end])))
            end++;
        return end;
    }

    private static bool IsLineEnd(char c) => c is '\n' or '\r' or '\u2028' or '\u2029';

    private static bool IsDenseEnd(char c) => c is '。' or '！' or '？' or '｡';

    /// <summary>Whether the marks from <paramref name="i"/> to <paramref name="end"/> end the sentence that begins at <paramref name="start"/>.</summary>
    private static bool Ends(string text, int i, int end, int start)
    {
        if (end == text.Length || IsLineEnd(text[i]) || text.AsSpan(i, end - i).ContainsAny("。！？｡"))
            return true;
        if (!char.IsWhiteSpace(text[end]) || IsAbbreviation(text, i) || Numbers(text, start, i))
            return false;
        // "approx. three": what goes on in small letters is no new sentence.
        var next = end;
        while (next < text.Length && text[next] is ' ' or '\t')
            next++;
        return text[i] != '.' || next == text.Length || !char.IsLower(text[next]);
    }

    /// <summary>Whether a line so far is only the number of a list's item: "12." or "a.".</summary>
    private static bool Numbers(string text, int start, int dot)
    {
        var mark = text.AsSpan(start, dot - start).Trim();
        return text[dot] == '.' && mark.Length is > 0 and <= 3
            && (mark.IndexOfAnyExceptInRange('0', '9') < 0 || (mark.Length == 1 && char.IsAsciiLetter(mark[0])));
    }

    private static Range? Trim(string text, int start, int end)
    {
        start = AfterMark(text, start, end);
        while (end > start && char.IsWhiteSpace(text[end - 1]))
            end--;
        return start < end ? start..end : null;
    }

    /// <summary>Past white space and one bullet, heading, quotation or number of a list.</summary>
    private static int AfterMark(string text, int start, int end)
    {
        start = AfterSpace(text, start, end);
        var mark = start;
        while (mark < end && mark - start < 6 && text[mark] is '-' or '*' or '•' or '·' or '–' or '#' or '>')
            mark++;
        if (mark == start)
        {
            while (mark < end && mark - start < 3 && char.IsAsciiLetterOrDigit(text[mark]) && (mark == start || char.IsAsciiDigit(text[mark - 1])))
                mark++;
            mark = mark > start && mark < end && text[mark] is '.' or ')' ? mark + 1 : start;
        }
        return mark == end ? end : mark > start && char.IsWhiteSpace(text[mark]) ? AfterSpace(text, mark, end) : start;
    }

    private static int AfterSpace(string text, int start, int end)
    {
        while (start < end && char.IsWhiteSpace(text[start]))
            start++;
        return start;
    }

    private static bool IsAbbreviation(string text, int dot)
    {
        if (text[dot] != '.')
            return false;
        var start = dot;
        while (start > 0 && (char.IsLetter(text[start - 1]) || text[start - 1] == '.') && dot - start < 8)
            start--;
        var word = text.AsSpan(start, dot - start);
        if (word.Length == 1 && char.IsUpper(word[0]))
            return true;
        foreach (var abbreviation in Abbreviations)
        {
            if (word.Equals(abbreviation, StringComparison.OrdinalIgnoreCase))
                return true;
        }
        return false;
    }
}

using System.Buffers;

namespace Consensus.Core.Answers.Finding;

/// <summary>Finds words that announce an answer ("the answer is", "**Final answer:**", "答案是") and what they announce.</summary>
internal static class AnswerCue
{
    private const int MaxCues = 64;
    private const int MaxAside = 100;

    private static readonly string[] Nouns =
        ["answer", "respuesta", "réponse", "antwort", "risposta", "resposta", "ответ", "答案", "答え", "回答", "정답", "답은", "الجواب", "الإجابة", "उत्तर", "cevap"];

    private static readonly string[] Denials =
    [
        "not true that", "n't true that", "not the case that", "n't the case that", "not correct that", "n't correct that", "false that", "wrong that",
        "incorrect that", "untrue that",
    ];

    private static readonly SearchValues<string> AnyNoun = SearchValues.Create(Nouns, StringComparison.OrdinalIgnoreCase);

    // Longest first within one beginning.
    private static readonly string[] Links =
    [
        "should therefore be", "would therefore be", "must therefore be", "is therefore", "would be", "should be", "must be", "will be", "could be", "can be",
        "may be", "is", "was", "are", "equals",
        "es", "est", "ist", "lautet", "è", "é", "是", "为", "為", "は", "은", "는", "هو", "هي", "है", "－", "—", "–", "=", ":", "：",
    ];

    /// <summary>The last announcement that is followed by something.</summary>
    public static (int At, Statement? Statement) Last(string text)
    {
        foreach (var (at, statement) in FromEnd(text))
            return (at, statement);
        return (-1, null);
    }

    /// <summary>All announcements from the last to the first, within a bound.</summary>
    public static IEnumerable<(int At, Statement Statement)> FromEnd(string text)
    {
        var places = Places(text);
        for (var i = places.Count - 1; i >= Math.Max(0, places.Count - MaxCues); i--)
        {
            var (at, length) = places[i];
            if (!IsDenied(text, at) && Announced(text, at + length) is { } statement)
                yield return (at, statement);
        }
    }

    /// <summary>"It is not true that the answer is …".</summary>
    private static bool IsDenied(string text, int at)
    {
        var before = text.AsSpan(Math.Max(0, at - MaxAside), Math.Min(MaxAside, at));
        before = before[(before.LastIndexOfAny(".!?\n") + 1)..];
        foreach (var denial in Denials)
        {
            if (before.Contains(denial, StringComparison.OrdinalIgnoreCase))
                return true;
        }
        return false;
    }

    private static List<(int At, int Length)> Places(string text)
    {
        List<(int, int)> places = [];
        for (var from = 0; text.AsSpan(from).IndexOfAny(AnyNoun) is >= 0 and var step;)
        {
            var at = from + step;
            var noun = Array.Find(Nouns, noun => text.AsSpan(at).StartsWith(noun, StringComparison.OrdinalIgnoreCase))!;
            places.Add((at, noun.Length));
            from = at + noun.Length;
        }
        return places;
    }

    private static Statement? Announced(string text, int i)
    {
        var lineOnly = IsHeading(text, i);
        i = SkipMarks(text, i);
        var link = Link(text, i);
        if (link == 0)
            i = SkipAside(text, i);
        link = link == 0 ? Link(text, i) : link;
        if (link == 0 && !lineOnly)
            return null;
        i += link;
        i = SkipMarks(text, i);
        if (i < text.Length && text[i] is ':' or '：' or '=')
            i = SkipMarks(text, i + 1);
        return At(text, i);
    }

    /// <summary>"## Answer" or "**Answer**" alone on its line.</summary>
    private static bool IsHeading(string text, int end)
    {
        var lineEnd = text.IndexOf('\n', end);
        return lineEnd > 0 && text.AsSpan(end, lineEnd - end).IndexOfAnyExcept("*_#: \r") < 0;
    }

    private static int Link(string text, int i)
    {
        var rest = text.AsSpan(i);
        foreach (var link in Links)
        {
            if (!rest.StartsWith(link, StringComparison.OrdinalIgnoreCase))
                continue;
            var next = rest.Length > link.Length ? rest[link.Length] : ' ';
            var isWord = char.IsLetter(link[^1]) && link[^1] < 0x0900;
            if (!isWord || !(char.IsLetterOrDigit(next) || next is '\'' or '’'))
                return link.Length;
        }
        return 0;
    }

    /// <summary>"to the question is", "(in dollars):": passes what stands between the noun and its link within the sentence.</summary>
    private static int SkipAside(string text, int i)
    {
        var limit = Math.Min(text.Length, i + MaxAside);
        var isAside = text.AsSpan(i).StartsWith("(") || text.AsSpan(i).StartsWith("to ", StringComparison.OrdinalIgnoreCase)
            || text.AsSpan(i).StartsWith("for ", StringComparison.OrdinalIgnoreCase)
            || text.AsSpan(i).StartsWith("in ", StringComparison.OrdinalIgnoreCase)
                || text.AsSpan(i).StartsWith("choice", StringComparison.OrdinalIgnoreCase)
                || text.AsSpan(i).StartsWith("option", StringComparison.OrdinalIgnoreCase);
        if (!isAside)
            return i;
        for (var j = i; j < limit && text[j] is not ('\n' or '.' or '?' or '!'); j++)
        {
            if (text[j] == ':' || (j > i && text[j - 1] is ' ' or ')' && Link(text, j) > 0))
                return j;
        }
        return i;
    }

    private static int SkipMarks(string text, int i)
    {
        while (i < text.Length && text[i] is ' ' or '\t' or '*' or '_' or '\u00A0' or '`' && !(text[i] == '`' && IsFence(text, i)))
            i++;
        return i;
    }

    private static bool IsFence(string text, int i) => text.AsSpan(i).StartsWith("```");

    private static Statement? At(string text, int i)
    {
        var start = i;
        while (start < text.Length && (char.IsWhiteSpace(text[start]) || text[start] is '*' or '_'))
            start++;
        if (start >= text.Length)
            return null;
        var rest = text[start..].TrimEnd();
        if (Block(rest, "```", "```") is { } fenced)
            return new Statement(StatedBy.Cue, Fences.Content(fenced), Fences.Content(fenced));
        if ((Block(rest, "$$", "$$") ?? Block(rest, "\\[", "\\]")) is { } display)
            return new Statement(StatedBy.Cue, display, display);
        var line = rest.IndexOf('\n');
        var first = (line < 0 ? rest : rest[..line]).Trim();
        return first.Length == 0 ? null : new Statement(StatedBy.Cue, first, start > i && text.AsSpan(i, start - i).Contains('\n') ? rest : first);
    }

    private static string? Block(string text, string open, string close)
    {
        if (!text.StartsWith(open, StringComparison.Ordinal))
            return null;
        var end = text.IndexOf(close, open.Length, StringComparison.Ordinal);
        var inner = end < 0 ? text[open.Length..] : text[open.Length..end];
        return inner.Trim().Length == 0 ? null : inner.Trim('\r');
    }
}

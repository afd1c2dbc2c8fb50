using Consensus.Core.Answers.Literals;

namespace Consensus.Core.Answers.Finding;

/// <summary>Finds the member <c>answer</c> of a JSON object, fenced or bare, whole or broken: <c>{"reasoning": "…", "answer": "18"}</c>.</summary>
internal static class AnswerMember
{
    private const int MaxAttempts = 8;

    private static readonly string[] Names = ["answer", "final_answer", "finalAnswer", "final answer"];

    /// <summary>What an object says of its reasons.</summary>
    public static readonly string[] Reasoning =
        ["reasoning", "explanation", "rationale", "thought", "thoughts", "steps", "working", "analysis", "justification", "chain_of_thought"];

    private static readonly string[] Confidence = ["confidence", "probability", "certainty"];

    public static Statement? Find(string text)
    {
        if (!text.Contains('{') || !text.Contains(':'))
            return null;
        return InWholeObject(text) ?? InBrokenObject(text);
    }

    /// <summary>Whether the text is the beginning of such an object that was cut off before its answer.</summary>
    public static bool IsCutOff(string text)
    {
        var start = ObjectStart(text, 0);
        return start >= 0 && text.AsSpan(0, start).Trim().Length <= 60 && LiteralParser.Prefix(text.AsSpan(start), out _) is null
            && !text.AsSpan().TrimEnd("` \n\r\t").EndsWith("}");
    }

    private static Statement? InWholeObject(string text)
    {
        Statement? found = null;
        var from = 0;
        for (var attempt = 0; attempt < MaxAttempts && ObjectStart(text, from) is >= 0 and var start; attempt++)
        {
            if (LiteralParser.Prefix(text.AsSpan(start), out var length) is not MapLiteral map)
            {
                from = start + 1;
                continue;
            }
            from = start + length;
            if ((Names.Select(map.Find).FirstOrDefault(static value => value is not null) ?? OnlyOther(map)) is { } answer)
                found = Of(answer);
        }
        return found;
    }

    /// <summary>Beside the reasoning, the only member that is not about it: <c>{"reasoning": "…", "capital": "Paris", "confidence": 0.9}</c>.</summary>
    private static Literal? OnlyOther(MapLiteral map)
    {
        if (!map.Members.Any(static member => IsOneOf(Reasoning, member.Key)))
            return null;
        var others = map.Members.Where(static member => !IsOneOf(Reasoning, member.Key) && !IsOneOf(Confidence, member.Key)).Take(2).ToArray();
        return others is [var only] ? only.Value : null;
    }

    private static bool IsOneOf(string[] names, Literal key) => key is TextLiteral text && names.Contains(text.Value, StringComparer.OrdinalIgnoreCase);

    private static Statement Of(Literal value) => value is TextLiteral text
        ? new Statement(StatedBy.Member, text.Value, text.Value)
        : new Statement(StatedBy.Member, LiteralForm.Normal(value), LiteralForm.Normal(value), value);

    /// <summary>A brace with a quoted name after it.</summary>
    private static int ObjectStart(string text, int from)
    {
        while (from < text.Length && text.IndexOf('{', from) is >= 0 and var start)
        {
            var i = start + 1;
            while (i < text.Length && char.IsWhiteSpace(text[i]))
                i++;
            if (i < text.Length && text[i] is '"' or '\'')
                return start;
            from = i;
        }
        return -1;
    }

    private static Statement? InBrokenObject(string text)
    {
        var from = text.Length;
        while (from > 0 && text.LastIndexOf("answer", from - 1, StringComparison.OrdinalIgnoreCase) is >= 0 and var at)
        {
            if (ValueStart(text, at) is { } start && ReadValue(text, start) is { } statement)
                return statement;
            from = at;
        }
        return null;
    }

    /// <summary>Where the value begins if the word at <paramref name="at"/> is a quoted name with a colon; inside a text the quotes may be escaped.</summary>
    private static int? ValueStart(string text, int at)
    {
        var before = text.AsSpan(0, at);
        if (before.EndsWith("final_", StringComparison.OrdinalIgnoreCase) || before.EndsWith("final ", StringComparison.OrdinalIgnoreCase))
            before = before[..^6];
        if (before is not [.., '"' or '\''])
            return null;
        var i = at + "answer".Length;
        if (i < text.Length && text[i] == '\\')
            i++;
        if (i >= text.Length || text[i] != before[^1])
            return null;
        i++;
        while (i < text.Length && text[i] is ' ' or '\t' or '\n' or '\r')
            i++;
        if (i >= text.Length || text[i] != ':')
            return null;
        i++;
        while (i < text.Length && char.IsWhiteSpace(text[i]))
            i++;
        return i < text.Length ? i : null;
    }

    private static Statement? ReadValue(string text, int start)
    {
        if (text[start] == '\\' && start + 1 < text.Length && text[start + 1] is '"' or '\'')
            return ReadText(text, start + 1, closing: "\\" + text[start + 1]);
        if (text[start] is '"' or '\'')
            return ReadText(text, start, closing: text[start].ToString());
        if (LiteralParser.Prefix(text.AsSpan(start), out _) is { } literal)
            return Of(literal);
        var end = text.AsSpan(start).IndexOfAny('\n', '}', ',');
        var bare = text.AsSpan(start, end < 0 ? text.Length - start : end).Trim().ToString();
        return bare.Length == 0 ? null : new Statement(StatedBy.Member, bare, bare);
    }

    /// <summary>The text up to the first closing quote after which the object ends or goes on; quotes inside the answer may stand unescaped.</summary>
    private static Statement ReadText(string text, int quote, string closing)
    {
        var start = quote + 1;
        var end = text.Length;
        for (var i = start; i <= text.Length - closing.Length; i++)
        {
            if (closing.Length == 1 && text[i] == '\\')
            {
                i++;
            }
            else if (text.AsSpan(i).StartsWith(closing) && EndsMember(text, i + closing.Length))
            {
                end = i;
                break;
            }
        }
        var value = QuotedText.Unescape(text.AsSpan(start, end - start));
        return new Statement(StatedBy.Member, value, value);
    }

    private static bool EndsMember(string text, int i)
    {
        var limit = Math.Min(text.Length, i + 40);
        while (i < limit && char.IsWhiteSpace(text[i]))
            i++;
        if (i >= text.Length || text[i] is '}' or '`')
            return true;
        if (text[i] == '"' || text[i] == '\\')
            return true;
        if (text[i] != ',')
            return false;
        i++;
        while (i < limit && char.IsWhiteSpace(text[i]))
            i++;
        return i >= text.Length || text[i] is '}' or '"' or '\'';
    }
}

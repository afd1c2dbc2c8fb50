namespace Consensus.Core.Answers.Finding;

/// <summary>Finds where a text states its answer. Linear in the text.</summary>
internal static class AnswerFinder
{
    /// <summary>The statement of a cleaned text: its JSON member, else whichever of <c>\boxed{}</c>, <c>####</c> and a cue comes last, else the
    /// whole.</summary>
    public static Statement Find(string text)
    {
        if (AnswerMember.Find(text) is { } member)
            return member;
        var (boxedAt, boxed) = Boxed(text);
        var (hashesAt, hashes) = Hashes(text);
        var (cueAt, cue) = AnswerCue.Last(text);
        if (boxed is not null && boxedAt >= hashesAt && boxedAt >= cueAt)
            return boxed;
        if (hashes is not null && hashesAt >= cueAt)
            return hashes;
        return cue ?? new Statement(StatedBy.Whole, text, text);
    }

    /// <summary>The last <c>\boxed{…}</c> or <c>\fbox{…}</c>, braces balanced; cut off, there is none.</summary>
    private static (int At, Statement? Statement) Boxed(string text)
    {
        var at = Math.Max(text.LastIndexOf("\\boxed", StringComparison.Ordinal), text.LastIndexOf("\\fbox", StringComparison.Ordinal));
        if (at < 0)
            return (-1, null);
        var open = at;
        while (open < text.Length && open < at + 10 && text[open] != '{')
            open++;
        if (open >= text.Length || text[open] != '{')
            return (-1, null);
        var depth = 0;
        for (var i = open; i < text.Length; i++)
        {
            depth += text[i] == '{' ? 1 : text[i] == '}' ? -1 : 0;
            if (depth == 0)
            {
                var inner = text[(open + 1)..i].Trim();
                return inner.Length == 0 ? (-1, null) : (at, new Statement(StatedBy.Boxed, inner, inner));
            }
        }
        return (-1, null);
    }

    /// <summary>GSM8K's own form: the last line is <c>#### 18</c>.</summary>
    private static (int At, Statement? Statement) Hashes(string text)
    {
        var at = text.LastIndexOf("####", StringComparison.Ordinal);
        if (at < 0)
            return (-1, null);
        var rest = text.AsSpan(at + 4).Trim("# \t").Trim().ToString();
        return rest.Length == 0 || rest.Contains('\n') ? (-1, null) : (at, new Statement(StatedBy.Hashes, rest, rest));
    }
}

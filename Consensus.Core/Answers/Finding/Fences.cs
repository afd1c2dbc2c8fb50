namespace Consensus.Core.Answers.Finding;

/// <summary>Code fences of Markdown.</summary>
internal static class Fences
{
    /// <summary>The content of the last fenced block, or <c>null</c> without one; a block that never closes runs to the end.</summary>
    public static string? Last(string text)
    {
        var close = text.LastIndexOf("```", StringComparison.Ordinal);
        if (close < 0)
            return null;
        var open = close == 0 ? -1 : text.LastIndexOf("```", close - 1, StringComparison.Ordinal);
        return open < 0 ? Content(text[(close + 3)..]) : Content(text[(open + 3)..close]);
    }

    /// <summary>What stands in a fence, given all after its opening marks: without the language on the first line.</summary>
    public static string Content(string inner)
    {
        var line = inner.IndexOf('\n');
        var info = line < 0 ? "" : inner[..line].Trim();
        return (info.Length < 20 && info.All(static c => char.IsLetterOrDigit(c) || c is '+' or '#' or '-') && line >= 0 ? inner[(line + 1)..] : inner).Trim();
    }
}

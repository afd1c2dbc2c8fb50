namespace Consensus.Core.Answers.Numbers;

/// <summary>Chooses among the numbers of one statement.</summary>
internal static class StatementNumber
{
    private const int MaxJoinWords = 4;

    private static readonly string[] Links =
    [
        "is", "are", "was", "be", "equals", "equal to", "cost", "costs", "totals", "total", "total of", "makes", "gives", "es", "est", "ist", ":", "=", "≈",
        "是", "为", "は",
    ];

    private static readonly string[] Approximations =
    [
        "about", "approximately", "roughly", "around", "exactly", "only", "a total of", "$", "~", "≈", "USD", "Rs", "Rs.",
    ];

    /// <summary>
    /// The number straight after the last "is", "costs" or colon; else the first one. Numbers in brackets explain others. A range ("5 to 10") and a list of
    /// quantities ("27 selfies and 18 portraits") are no single number: <c>null</c>.
    /// </summary>
    public static NumberToken? Choose(string text, List<NumberToken> tokens)
    {
        var outside = tokens.FindAll(token => !IsBracketed(text, token));
        if (outside.Count > 0)
            tokens = outside;
        if (tokens.Count == 1)
            return tokens[0];
        var linked = tokens.FindLastIndex(token => IsLinked(text, token));
        if (linked >= 0)
            return linked + 1 < tokens.Count && IsJoined(text, tokens[linked], tokens[linked + 1]) ? null : tokens[linked];
        return IsJoined(text, tokens[0], tokens[1]) ? null : tokens[0];
    }

    private static bool IsBracketed(string text, NumberToken token)
    {
        var open = text.LastIndexOf('(', Math.Max(0, token.Start - 1));
        if (open <= 0)
            return false;
        var close = text.IndexOf(')', open);
        return close < 0 || close >= token.End;
    }

    /// <summary>Whether a number stands straight after "is", "costs", an equals sign and the like.</summary>
    public static bool IsLinked(string text, NumberToken token) => IsLinked(text, token.Start);

    /// <summary>Whether straight before a place stands "is", "costs", an equals sign and the like.</summary>
    public static bool IsLinked(string text, int start)
    {
        var before = Before(text, start);
        foreach (var link in Links)
        {
            if (EndsWithWord(before, link))
                return true;
        }
        return false;
    }

    /// <summary>Whether nothing but "about" or "exactly" stands before a place.</summary>
    public static bool IsAtStart(string text, int start) => Before(text, start).Trim("*_`\"'([ ").IsEmpty;

    private static ReadOnlySpan<char> Before(string text, int start)
    {
        var before = text.AsSpan(0, start).TrimEnd();
        foreach (var word in Approximations)
        {
            if (EndsWithWord(before, word))
                before = before[..^word.Length].TrimEnd();
        }
        return before;
    }

    private static bool EndsWithWord(ReadOnlySpan<char> text, string word) =>
        text.EndsWith(word, StringComparison.OrdinalIgnoreCase) && (text.Length == word.Length || !char.IsLetter(word[0]) || word[0] > 0x2E80
            || !char.IsLetterOrDigit(text[^(word.Length + 1)]));

    /// <summary>Whether two numbers stand side by side: "5-10", "5 to 10", "27 selfies and 18 portraits", "4 blue, 6 red".</summary>
    private static bool IsJoined(string text, NumberToken left, NumberToken right)
    {
        var between = text.AsSpan(left.End, right.Start - left.End).Trim();
        if (between is "-" or "–" or "—" or "to" or "and" or "," or ";" or "&" or "±")
            return between is not "±";
        if (between.Count(' ') >= MaxJoinWords)
            return false;
        return between.EndsWith(" and", StringComparison.OrdinalIgnoreCase) || between.EndsWith(" &") || between.EndsWith(",") || between.EndsWith(";")
            || between.Contains(", ", StringComparison.Ordinal);
    }
}

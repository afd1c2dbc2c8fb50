namespace Consensus.Core.Answers.Numbers;

/// <summary>Chooses among several numbers of one statement.</summary>
internal static class StatementNumber
{
    private static readonly string[] Totals = ["total", "altogether", "therefore", "answer", "in all", "combined"];

    /// <summary>The number after the last word of summing up; else the first after the statement's first verb of being; else the first. Numbers in brackets explain others.</summary>
    public static NumberToken Choose(string text, List<NumberToken> tokens)
    {
        var outside = tokens.FindAll(token => !IsBracketed(text, token));
        if (outside.Count > 0)
            tokens = outside;
        return tokens[0];
    }

    private static bool IsBracketed(string text, NumberToken token)
    {
        var open = text.LastIndexOf('(', Math.Max(0, token.Start - 1));
        return open > 0 && text.IndexOf(')', open) is var close && (close < 0 || close >= token.End);
    }
}

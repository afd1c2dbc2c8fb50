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

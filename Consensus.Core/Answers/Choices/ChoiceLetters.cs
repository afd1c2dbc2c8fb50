namespace Consensus.Core.Answers.Choices;

/// <summary>Finds letters that stand for options.</summary>
internal static class ChoiceLetters
{
    private static readonly string[] Lead =
    [
        "option", "choice", "letter", "answer", "opción", "opcion", "réponse", "antwort", "вариант", "选项", "選項", "选择", "选", "closest to", "likely",
        "most likely", "therefore", "definitely", "probably", "clearly",
    ];

    /// <summary>The letter that a statement begins with: (C) · C. · C) · C: text · C · Option C · [C]. An article or a pronoun ("A dog", "I think") is
    /// none.</summary>
    public static int? AtFront(string text, Options options)
    {
        var i = SkipLead(text);
        if (i >= text.Length)
            return null;
        var open = text[i] is '(' or '[' or '{' or '（' or '"' or '\'' or '“' ? text[i] : '\0';
        if (open != '\0')
            i = SkipOf(text, i + 1, " ");
        if (i >= text.Length || !IsLetter(text[i]) || options.Letter(text[i]) is not { } option || RuledOut.IsAfter(text.AsSpan(i + 1)))
            return null;
        var after = i + 1;
        if (after < text.Length && (char.IsLetterOrDigit(text[after]) && text[after] < 0x2E80 || text[after] is '\'' or '’' && open == '\0'))
            return null;
        after = SkipOf(text, after, " ");
        if (open != '\0')
            return after < text.Length && text[after] is ')' or ']' or '}' or '）' or '"' or '\'' or '”' or ':' or '.' ? option : null;
        if (after >= text.Length || text[after] is '.' or ')' or ':' or ',' or ';' or '!' or ']' or '}' or '"' or '-' or '–' or '—' or '=' or '(' or '）'
            or '\n' or '。' or '，' or '/' or '<' or '|')
            return char.IsUpper(text[i]) || after >= text.Length || text[after] is ')' or '.' or ':' ? option : null;
        if (text[after] >= 0x2E80)
            return option;
        return char.IsUpper(text[i]) && text[i] is not ('A' or 'I')
            && StartsWord(text, after, "because", "since", "as ", "and ", "is ", "which", "with", "for ", "due ", "based") ? option
            : options.Equal(text[after..]);
    }

    /// <summary>Whether a statement names several options side by side: "(F) and (J)", "A, C".</summary>
    public static bool IsSeveral(string text, Options options)
    {
        var i = SkipLead(text);
        var letters = 0;
        while (i < text.Length)
        {
            i = SkipOf(text, i, " ([{*（");
            if (i >= text.Length || !char.IsUpper(text[i]) || options.Letter(text[i]) is null || (i + 1 < text.Length && char.IsLetterOrDigit(text[i + 1])))
                break;
            letters++;
            i = SkipOf(text, i + 1, " )]}*）");
            if (text.AsSpan(i).StartsWith("and ") || text.AsSpan(i).StartsWith("or "))
                i += text[i] == 'a' ? 4 : 3;
            else if (i < text.Length && text[i] is ',' or '&' or '/' or '、' or '和')
                i++;
            else
                break;
            if (text.AsSpan(i).TrimStart().StartsWith("and "))
                i = text.IndexOf("and ", i, StringComparison.Ordinal) + 4;
        }
        return letters > 1;
    }

    /// <summary>The last letter that a sentence asserts in brackets or after "option", with no denial before or after it.</summary>
    public static int? Asserted(string sentence, Options options)
    {
        for (var i = sentence.Length - 1; i >= 0; i--)
        {
            if (!IsLetter(sentence[i]) || !char.IsUpper(sentence[i]) || options.Letter(sentence[i]) is not { } option)
                continue;
            if (!IsBracketed(sentence, i) && !IsLed(sentence, i))
                continue;
            if (!RuledOut.Is(sentence, i, i + 1))
                return option;
        }
        return null;
    }

    /// <summary>Whether a text repeats the options one by one before anything else: lines A, B and C.</summary>
    public static bool IsEcho(string text, Options options)
    {
        var seen = 0;
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            var trimmed = line.TrimStart(" *-(").TrimEnd();
            if (trimmed.Length > 1 && options.Letter(trimmed[0]) == seen && trimmed[1] is '.' or ')' or ':')
                seen++;
            else if (seen >= 2)
                break;
        }
        return seen >= 2;
    }

    /// <summary>\text{C} and \mathrm{(C)} are their content.</summary>
    public static string WithoutLatex(string text)
    {
        if (!text.Contains('\\') && !text.Contains('$'))
            return text;
        foreach (var command in (ReadOnlySpan<string>)["\\boxed", "\\textbf", "\\text", "\\mathrm", "\\mathbf"])
            text = text.Replace(command, "", StringComparison.Ordinal);
        return text.Replace("\\(", "", StringComparison.Ordinal).Replace("\\)", "", StringComparison.Ordinal).Trim('$', ' ');
    }

    private static bool IsLetter(char c) => char.IsAsciiLetter(c) || c is >= 'Ａ' and <= 'Ｚ';

    private static bool IsBracketed(string text, int i) =>
        i > 0 && i + 1 < text.Length && text[i - 1] is '(' or '[' or '（' or '*' or '{' && text[i + 1] is ')' or ']' or '）' or '*' or '}';

    private static bool IsLed(string text, int i)
    {
        var isAlone = i + 1 >= text.Length || !char.IsLetterOrDigit(text[i + 1]);
        var before = text.AsSpan(0, i).TrimEnd(" (*");
        return isAlone && (before.EndsWith("option", StringComparison.OrdinalIgnoreCase) || before.EndsWith("choice", StringComparison.OrdinalIgnoreCase)
            || before.EndsWith("选项", StringComparison.Ordinal) || before.EndsWith("选", StringComparison.Ordinal)
                || before.EndsWith("選", StringComparison.Ordinal));
    }

    private static int SkipLead(string text)
    {
        var i = 0;
        for (var step = 0; step < 3; step++)
        {
            i = SkipAny(text, i);
            foreach (var word in Lead)
            {
                if (text.AsSpan(i).StartsWith(word, StringComparison.OrdinalIgnoreCase) && (i + word.Length >= text.Length
                    || !char.IsAsciiLetterOrDigit(text[i + word.Length])))
                {
                    i = SkipAny(text, i + word.Length);
                    break;
                }
            }
        }
        return i;
    }

    private static int SkipAny(string text, int i) => SkipOf(text, i, " :*_：`\t");

    private static int SkipOf(string text, int i, string marks)
    {
        while (i < text.Length && marks.Contains(text[i]))
            i++;
        return i;
    }

    private static bool StartsWord(string text, int at, params ReadOnlySpan<string> words)
    {
        foreach (var word in words)
        {
            if (text.AsSpan(at).StartsWith(word, StringComparison.OrdinalIgnoreCase))
                return true;
        }
        return false;
    }
}

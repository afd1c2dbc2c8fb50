using System.Globalization;
using Consensus.Core.Answers.Numbers;
using Consensus.Core.Answers.Scripts;

namespace Consensus.Core.Clustering;

/// <summary>Cuts a text of any script into tokens, in time linear in its length.</summary>
internal static class Tokenizer
{
    private const string Symbols = "<>=≤≥≠±×÷√^°€£¥₹∞∈∉∪∩⊂⊆→←↔⇒∀∃¬+*";

    public static Token[] Tokens(string text)
    {
        List<Token> tokens = [];
        var opensSentence = true;
        var isAfterBreak = false;
        for (var i = 0; i < text.Length;)
        {
            var c = text[i];
            if (IsDense(c))
            {
                i = Dense(text, i, tokens);
                opensSentence = isAfterBreak = false;
            }
            else if (IsWordChar(text, i))
            {
                i = Word(text, i, opensSentence, isAfterBreak, tokens);
                opensSentence = isAfterBreak = false;
            }
            else
            {
                if (Symbols.Contains(c) || (c is '-' or '−' && i + 1 < text.Length && char.IsDigit(text[i + 1]) && (i == 0 || char.IsWhiteSpace(text[i - 1]))))
                    tokens.Add(new Token(c == '−' ? "-" : c.ToString()) { IsNegation = c is '¬' });
                isAfterBreak |= !char.IsWhiteSpace(c);
                opensSentence = opensSentence || c is '.' or '!' or '?' or '\n' or ':' or '"' or '“';
                i++;
            }
        }
        return [.. tokens];
    }

    /// <summary>A character of a script that sets no spaces between words, or joins particles to them: Han, kana, Hangul, Thai, Lao, Khmer, Burmese.</summary>
    public static bool IsDense(char c) =>
        c is >= '\u3040' and <= '\u30FF' or >= '\u3400' and <= '\u9FFF' or >= '\uAC00' and <= '\uD7A3' or >= '\uF900' and <= '\uFAFF'
            or >= '\u0E00' and <= '\u0EFF' or >= '\u1000' and <= '\u109F' or >= '\u1780' and <= '\u17FF';

    private static bool IsWordChar(string text, int i)
    {
        var c = text[i];
        if (c < 128)
            return char.IsAsciiLetterOrDigit(c);
        return char.IsLetterOrDigit(c) || char.IsSurrogate(c)
            || CharUnicodeInfo.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark
                or UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber;
    }

    /// <summary>A run of characters without word boundaries: its overlapping pairs; a lone character is a token itself.</summary>
    private static int Dense(string text, int start, List<Token> tokens)
    {
        var end = start;
        while (end < text.Length && IsDense(text[end]))
            end++;
        var run = text.AsSpan(start, end - start);
        for (var i = 0; i + 1 < Math.Max(run.Length, 2); i++)
        {
            var form = run.Slice(i, Math.Min(2, run.Length)).ToString();
            tokens.Add(new Token(form) { IsNegation = Words.DeniesAt(run, i) });
        }
        if (run.Length > 1 && Words.DeniesAt(run, run.Length - 1))
            tokens.Add(new Token(run[^1].ToString()) { IsNegation = true });
        return end;
    }

    private static int Word(string text, int start, bool opensSentence, bool isAfterBreak, List<Token> tokens)
    {
        var end = start;
        var hasDigit = false;
        var hasOther = false;
        while (end < text.Length && !IsDense(text[end]) && (IsWordChar(text, end) || IsInner(text, end)))
        {
            hasDigit |= char.IsDigit(text[end]);
            hasOther |= !char.IsDigit(text[end]) && text[end] is not (',' or '.');
            end++;
        }
        while (end < text.Length && text[end] is '+' or '#' && char.IsLetter(text[end - 1]) | text[end - 1] is '+')
            end++;
        var written = text[start..end];
        var form = Words.Stem(TextFold.Fold(written));
        if (hasDigit && !hasOther)
            form = form.Replace(",", "", StringComparison.Ordinal);
        var isStop = Words.IsStopWord(form) && !IsAcronym(written);
        var capital = char.IsUpper(written[0]) && !isStop && form != "i";
        var spelled = form is "one" ? null : NumberWords.Word(form);
        tokens.Add(new Token(spelled?.ToString() ?? form)
        {
            IsStopWord = isStop,
            IsNegation = Words.IsNegation(form),
            IsCapital = capital && spelled is null,
            IsEntity = capital && spelled is null && (!opensSentence || IsAcronym(written)),
            IsCode = hasDigit && hasOther,
            IsSpelledNumber = spelled is not null,
            IsAfterBreak = isAfterBreak,
        });
        return end;
    }

    private static bool IsAcronym(string word) => word.Length is > 1 and < 6 && word.All(char.IsUpper);

    /// <summary>Apostrophes and points inside words, separators inside numbers, dates and times.</summary>
    private static bool IsInner(string text, int i)
    {
        if (i == 0 || i + 1 >= text.Length)
            return false;
        var (before, c, after) = (text[i - 1], text[i], text[i + 1]);
        return c switch
        {
            '\'' or '’' => char.IsLetter(before) && char.IsLetter(after),
            '.' => char.IsDigit(before) && char.IsDigit(after),
            ',' or ':' or '/' or '-' => char.IsAsciiDigit(before) && char.IsAsciiDigit(after),
            _ => false,
        };
    }
}

using System.Globalization;
using Consensus.Core.Answers.Scripts;
using Consensus.Core.Clustering;
using Consensus.Core.Evidence.Matching.Lexicon;

namespace Consensus.Core.Evidence.Matching.Reading;

/// <summary>Cuts a sentence of any script into lexemes, in time linear in its length.</summary>
internal static class LexemeScanner
{
    public static List<Lexeme> Scan(string text)
    {
        List<Lexeme> lexemes = [];
        var opens = true;
        for (var i = 0; i < text.Length;)
        {
            var c = text[i];
            if (DigitScanner.Digit(c) >= 0)
            {
                i = DigitScanner.Read(text, i, lexemes);
                opens = false;
            }
            else if (Tokenizer.IsDense(c))
            {
                i = Dense(text, i, lexemes);
                opens = false;
            }
            else if (IsLetter(text, i))
            {
                i = Word(text, i, opens, lexemes);
                opens = false;
            }
            else
            {
                if (!char.IsWhiteSpace(c))
                {
                    lexemes.Add(new Lexeme(LexemeKind.Mark, MarkOf(c)));
                    opens |= c is '"' or '“' or '„' or '«' or ':' or '¿' or '¡';
                }

                i++;
            }
        }

        return lexemes;
    }

    private static string MarkOf(char c) => c switch
    {
        '–' or '—' or '−' or '‑' or '‐' => "-",
        '，' or '、' => ",",
        '；' => ";",
        '：' => ":",
        '（' => "(",
        '）' => ")",
        '％' => "%",
        _ => c.ToString(),
    };

    private static bool IsLetter(string text, int i)
    {
        var c = text[i];
        return c < 128
            ? char.IsAsciiLetter(c)
            : char.IsLetter(c) || char.IsSurrogate(c) || CharUnicodeInfo.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;
    }

    private static int Word(string text, int start, bool opens, List<Lexeme> lexemes)
    {
        var end = start;
        var (hasDigit, capitals) = (false, 0);
        for (; end < text.Length && !Tokenizer.IsDense(text[end]); end++)
        {
            var isDigit = DigitScanner.Digit(text[end]) >= 0;
            if (!isDigit && !IsLetter(text, end) && !(text[end] is '\'' or '’' && end + 1 < text.Length && IsLetter(text, end + 1)))
            {
                break;
            }

            hasDigit |= isDigit;
            capitals += char.IsUpper(text[end]) ? 1 : 0;
        }

        var form = Words.Stem(Elided(TextFold.Fold(text[start..end])));
        if (form.Length > 0)
        {
            lexemes.Add(new Lexeme(LexemeKind.Word, form)
            {
                IsCapital = capitals > 0,
                IsCode = hasDigit || (capitals > 1 && capitals == end - start),
                OpensSentence = opens,
            });
        }

        return end;
    }

    // "l'usine", "d'Oslo", "n'est": the article is no part of the word.
    private static string Elided(string form)
    {
        var mark = form.IndexOf('\'', StringComparison.Ordinal);
        return mark is 1 or 2 && form.Length > mark + 2 && form[..mark] is "l" or "d" or "n" or "s" or "j" or "c" or "qu" or "m" or "t" ? form[(mark + 1)..] : form;
    }

    private static int Dense(string text, int start, List<Lexeme> lexemes)
    {
        var end = start;
        while (end < text.Length && Tokenizer.IsDense(text[end]))
        {
            end++;
        }

        var from = start;
        for (var i = start; i < end;)
        {
            if (HanNumbers.At(text, i, end) is not { } number)
            {
                i++;
                continue;
            }

            Pairs(text.AsSpan(from, i - from), lexemes);
            lexemes.Add(new Lexeme(LexemeKind.Number, "") { Value = number.Value, Other = number.Value });
            from = i = number.End;
        }

        Pairs(text.AsSpan(from, end - from), lexemes);
        return end;
    }

    private static void Pairs(ReadOnlySpan<char> run, List<Lexeme> lexemes)
    {
        for (var i = 0; i + 1 < Math.Max(run.Length, run.Length == 0 ? 0 : 2); i++)
        {
            lexemes.Add(new Lexeme(LexemeKind.Dense, run.Slice(i, Math.Min(2, run.Length)).ToString()) { Denies = Words.DeniesAt(run, i) });
        }
    }
}

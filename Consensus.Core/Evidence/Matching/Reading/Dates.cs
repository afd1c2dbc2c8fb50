using Consensus.Core.Evidence.Matching.Lexicon;

namespace Consensus.Core.Evidence.Matching.Reading;

/// <summary>Reads dates: "3 March 1999", "March 3, 1999", "1999-03-03", "1999年3月3日"; each part is a quantity, so that less exact dates bear out too.</summary>
internal static class Dates
{
    public static (int End, IReadOnlyList<Quantity> Found)? At(IReadOnlyList<Lexeme> lexemes, int i) => Iso(lexemes, i) ?? DayFirst(lexemes, i) ?? MonthFirst(lexemes, i) ?? Han(lexemes, i);

    private static (int End, IReadOnlyList<Quantity> Found)? Iso(IReadOnlyList<Lexeme> lexemes, int i) =>
        IsDigits(lexemes, i, 4) && Is(lexemes, i + 1, "-") && IsDigits(lexemes, i + 2, 2) && Is(lexemes, i + 3, "-") && IsDigits(lexemes, i + 4, 2)
            ? (i + 5, [Part("year", lexemes[i].Value), Part("month", lexemes[i + 2].Value), Part("day", lexemes[i + 4].Value)])
            : null;

    private static (int End, IReadOnlyList<Quantity> Found)? DayFirst(IReadOnlyList<Lexeme> lexemes, int i)
    {
        if (!IsDay(lexemes, i))
        {
            return null;
        }

        // "3rd of March", "3. März", "3 de marzo".
        var at = i + 1;
        at += Is(lexemes, at, ".") || Is(lexemes, at, "of") || Is(lexemes, at, "de") ? 1 : 0;
        return MonthAt(lexemes, at) is { } month ? WithYear(lexemes, at + 1, [Part("day", lexemes[i].Value), Part("month", month)]) : null;
    }

    private static (int End, IReadOnlyList<Quantity> Found)? MonthFirst(IReadOnlyList<Lexeme> lexemes, int i)
    {
        if (MonthAt(lexemes, i) is not { } month)
        {
            return null;
        }

        var hasDay = IsDay(lexemes, i + 1) && !(i + 2 < lexemes.Count && lexemes[i + 2].Kind == LexemeKind.Word && UnitWords.Of(lexemes[i + 2].Form) is not null);
        var before = i > 0 ? lexemes[i - 1].Form : "";
        var isMonth = hasDay || IsYear(lexemes, i + 1) || (Is(lexemes, i + 1, ",") && IsYear(lexemes, i + 2)) || lexemes[i].Form.Length > 5
            || before is "in" or "since" or "until" or "of" or "by" or "im" or "en" or "de" or "seit" or "в" or "с" or "last" or "early" or "late" or "mid";
        return !isMonth ? null : hasDay ? WithYear(lexemes, i + 2, [Part("month", month), Part("day", lexemes[i + 1].Value)]) : WithYear(lexemes, i + 1, [Part("month", month)]);
    }

    private static (int End, IReadOnlyList<Quantity> Found)? Han(IReadOnlyList<Lexeme> lexemes, int i)
    {
        if (lexemes[i].Kind != LexemeKind.Number || i + 1 >= lexemes.Count || lexemes[i + 1].Kind != LexemeKind.Dense)
        {
            return null;
        }

        // The sign is the first of its pair, which goes on to be read.
        return lexemes[i + 1].Form[0] switch
        {
            '月' => (i + 1, [Part("month", lexemes[i].Value)]),
            '日' or '号' => (i + 1, [Part("day", lexemes[i].Value)]),
            '年' when lexemes[i].Value is >= 1000 and < 2200 => (i + 1, [Part("year", lexemes[i].Value)]),
            _ => null,
        };
    }

    private static (int End, IReadOnlyList<Quantity> Found) WithYear(IReadOnlyList<Lexeme> lexemes, int at, List<Quantity> parts)
    {
        at += Is(lexemes, at, ".") && IsYear(lexemes, at + 1) ? 1 : 0;
        var year = (Is(lexemes, at, ",") || Is(lexemes, at, "of") || Is(lexemes, at, "de") || Is(lexemes, at, "del")) && IsYear(lexemes, at + 1) ? at + 1 : at;
        if (!IsYear(lexemes, year))
        {
            return (at, parts);
        }

        parts.Add(Part("year", lexemes[year].Value));
        return (year + 1, parts);
    }

    // "may", "march" and "mar" mean months with a capital only; other languages write months small.
    private static double? MonthAt(IReadOnlyList<Lexeme> lexemes, int i) => i < lexemes.Count && lexemes[i].Kind == LexemeKind.Word
        && (lexemes[i].IsCapital || lexemes[i].Form is not ("may" or "march" or "mar" or "jan" or "mai" or "august" or "sept")) ? NumberLexicon.Month(lexemes[i].Form) : null;

    private static bool IsDay(IReadOnlyList<Lexeme> lexemes, int i) =>
        i < lexemes.Count && lexemes[i] is { Kind: LexemeKind.Number, Value: >= 1 and <= 31, PlainDigits: 1 or 2 };

    private static bool IsYear(IReadOnlyList<Lexeme> lexemes, int i) => IsDigits(lexemes, i, 4);

    private static bool IsDigits(IReadOnlyList<Lexeme> lexemes, int i, int digits) => i < lexemes.Count && lexemes[i].Kind == LexemeKind.Number && lexemes[i].PlainDigits == digits;

    private static bool Is(IReadOnlyList<Lexeme> lexemes, int i, string form) => i < lexemes.Count && lexemes[i].Form == form;

    private static Quantity Part(string dimension, double value) => new(value, value, dimension);
}

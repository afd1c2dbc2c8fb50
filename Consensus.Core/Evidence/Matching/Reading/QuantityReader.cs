using Consensus.Core.Evidence.Matching.Lexicon;

namespace Consensus.Core.Evidence.Matching.Reading;

/// <summary>Reads numbers with their units, dates, ranks and shares out of the lexemes of a sentence.</summary>
internal static class QuantityReader
{
    private const int FirstYear = 1000;
    private const int LastYear = 2199;

    /// <summary>The quantities that begin at a place, and the place after them; the same place when none begins there.</summary>
    public static (int End, IReadOnlyList<Quantity> Found) At(IReadOnlyList<Lexeme> lexemes, int i)
    {
        var lexeme = lexemes[i];
        if (lexeme.Kind == LexemeKind.Mark && UnitWords.IsCurrencySign(lexeme.Form) && i + 1 < lexemes.Count && Number(lexemes, i + 1) is { } amount)
        {
            return (amount.End, [Of(amount, UnitWords.Of(lexeme.Form)!.Value)]);
        }

        if (Dates.At(lexemes, i) is { } date)
        {
            return date;
        }

        if (Share(lexemes, i) is { } share)
        {
            return share;
        }

        if (lexeme.Kind == LexemeKind.Word && NumberLexicon.Ordinal(lexeme.Form) is { } rank && !(lexeme.Form is "second" && IsAmount(lexemes, i - 1)))
        {
            return (i + 1, [new Quantity(rank, rank, "ordinal")]);
        }

        if (lexeme.Form is "twice" or "zweimal")
        {
            return (i + 1, [new Quantity(2, 2, "times")]);
        }

        return Number(lexemes, i) is not { } number ? (i, [])
            : number.Suffix is "st" or "nd" or "rd" or "th" ? (number.End, [new Quantity(number.Value, number.Value, "ordinal")])
            : WithUnit(lexemes, i, number);
    }

    private static (int End, IReadOnlyList<Quantity> Found) WithUnit(IReadOnlyList<Lexeme> lexemes, int start, Written number)
    {
        var end = number.End;
        if (IsYear(lexemes, start, number))
        {
            return (end < lexemes.Count && lexemes[end].Form == "年" ? end + 1 : end, [new Quantity(number.Value, number.Value, "year")]);
        }

        if (UnitAt(lexemes, end) is { } unit)
        {
            return (unit.End, [Of(number, unit.Unit) with { Nouns = unit.IsThing ? NounsAt(lexemes, end) : [] }]);
        }

        return (end, [new Quantity(number.Value, number.Other, "count") { Nouns = NounsAt(lexemes, end) }]);
    }

    private static Quantity Of(Written number, Unit unit) => new(number.Value * unit.Factor, number.Other * unit.Factor, unit.Dimension) { Plain = number.Value };

    private static (int End, Unit Unit, bool IsThing)? UnitAt(IReadOnlyList<Lexeme> lexemes, int i)
    {
        if (i >= lexemes.Count)
        {
            return null;
        }

        // "a 12-hour shift", "per cent", "square kilometres", "kilometres per hour".
        i = lexemes[i].Form == "-" && i + 1 < lexemes.Count && lexemes[i + 1].Kind == LexemeKind.Word ? i + 1 : i;
        var form = lexemes[i].Form;
        var next = i + 1 < lexemes.Count ? lexemes[i + 1].Form : "";
        if (form is "per" or "pour" or "por" && next is "cent" or "ciento")
        {
            return (i + 2, new Unit("percent", 1), false);
        }

        if (form is "square" or "sq" or "quadrat" && UnitWords.Of(next) is { Dimension: "length" } side)
        {
            return (i + 2, new Unit("area", side.Factor * side.Factor), false);
        }

        if (form is "percentage" && next == "point")
        {
            return (i + 2, new Unit("points", 1), false);
        }

        if (UnitWords.Of(form) is { } unit)
        {
            var isSpeed = unit.Dimension == "length" && ((next is "per" && Following(lexemes, i + 2) is "hour") || (next is "/" && Following(lexemes, i + 2) is "h"));
            return isSpeed ? (i + 3, new Unit("speed", unit.Factor / 1000), false) : (i + 1, unit, false);
        }

        return lexemes[i].Kind == LexemeKind.Dense && UnitWords.Of(form[..1]) is { } counter ? (i, counter, false) : null;
    }

    private static string Following(IReadOnlyList<Lexeme> lexemes, int i) => i < lexemes.Count ? lexemes[i].Form : "";

    private static List<string> NounsAt(IReadOnlyList<Lexeme> lexemes, int i)
    {
        List<string> nouns = [];
        for (var last = i + 3; i < Math.Min(last, lexemes.Count) && lexemes[i].Kind == LexemeKind.Word && nouns.Count < 2; i++)
        {
            if (FunctionWords.Are(lexemes[i].Form))
            {
                break;
            }

            nouns.Add(Synonyms.Key(lexemes[i].Form));
        }

        return nouns;
    }

    private static bool IsYear(IReadOnlyList<Lexeme> lexemes, int start, Written number)
    {
        if (number.PlainDigits != 4 || number.Value is < FirstYear or > LastYear || number.Suffix is not ("" or "s") || number.End != start + 1)
        {
            return false;
        }

        if (number.End >= lexemes.Count || lexemes[number.End].Kind is LexemeKind.Mark && lexemes[number.End].Form is not "%" || lexemes[number.End].Form.StartsWith('年')
            || number.Suffix == "s")
        {
            return true;
        }

        var next = lexemes[number.End];
        var before = start > 0 ? lexemes[start - 1].Form : "";
        return next.Kind == LexemeKind.Word && UnitWords.Of(next.Form) is null or { Dimension: "persons" } && (FunctionWords.Are(next.Form) || next.IsCapital
            || before is "in" or "since" or "until" or "from" or "year" or "(" or "jahr" or "seit" or "en" or "depuis" or "desde" or "año" or "в" or "im"
                or "by" or "before" or "after");
    }

    /// <summary>"half of", "a quarter of", "two thirds of", as a share in hundredths.</summary>
    private static (int End, IReadOnlyList<Quantity> Found)? Share(IReadOnlyList<Lexeme> lexemes, int i)
    {
        var count = lexemes[i].Kind == LexemeKind.Word && NumberLexicon.Value(lexemes[i].Form) is { } value and < 20 ? value : 0;
        var at = count > 0 ? i + 1 : i;
        var parts = Following(lexemes, at) switch { "half" => 2, "third" => 3, "quarter" => 4, "fifth" => 5, "tenth" => 10, _ => 0 };
        var isRank = at == i && parts is 3 or 5 or 10 && (i == 0 || lexemes[i - 1].Form != "a");
        var next = Following(lexemes, at + 1);
        if (parts == 0 || isRank || !(next is "of" || (parts == 2 && next is "the" or "its" or "their")))
        {
            return null;
        }

        var share = 100 * Math.Max(1, count) / parts;
        return (at + 1, [new Quantity(share, Math.Round(share), "percent")]);
    }

    private static bool IsAmount(IReadOnlyList<Lexeme> lexemes, int i) =>
        i >= 0 && (lexemes[i].Kind == LexemeKind.Number || NumberLexicon.Value(lexemes[i].Form) is not null || lexemes[i].Form == "-");

    private readonly record struct Written(double Value, double Other, int End, int PlainDigits, string Suffix);

    /// <summary>A number in digits, in words or in both: "1,200", "twenty-three", "3 million".</summary>
    private static Written? Number(IReadOnlyList<Lexeme> lexemes, int start)
    {
        var first = lexemes[start];
        double total = 0, current;
        double? other = null;
        var (i, digits, suffix) = (start + 1, 0, "");
        if (first.Kind == LexemeKind.Number)
        {
            (current, digits, suffix) = (first.Value, first.PlainDigits, first.Form);
            other = first.Other == first.Value ? null : first.Other;
        }
        else if (first.Kind == LexemeKind.Word && NumberLexicon.Value(first.Form) is { } value && (!NumberLexicon.IsArticle(first.Form) || ArticleCounts(lexemes, start)))
        {
            current = value;
        }
        else if (first.Kind == LexemeKind.Word && NumberLexicon.Scale(first.Form) is { } alone && start > 0 && lexemes[start - 1].Form is "a" or "an")
        {
            current = alone;
        }
        else
        {
            return null;
        }

        for (; i < lexemes.Count; i++)
        {
            var form = lexemes[i].Form is "and" or "-" && i + 1 < lexemes.Count && first.Kind == LexemeKind.Word && NumberLexicon.Value(lexemes[i + 1].Form) is < 100
                && current % 100 is 0 or >= 20 ? lexemes[++i].Form : lexemes[i].Form;
            if (NumberLexicon.Scale(lexemes[i].Kind == LexemeKind.Dense ? form[..1] : form) is { } scale)
            {
                (total, current, digits) = scale == 100 ? (total, current * 100, 0) : (total + (current * scale), 0, 0);
                other = null;
            }
            else if (first.Kind == LexemeKind.Word && lexemes[i].Kind == LexemeKind.Word && NumberLexicon.Value(form) is { } more
                && (current % 100 == 0 || (current % 10 == 0 && more < 10)) && more > 0)
            {
                current += more;
            }
            else
            {
                break;
            }
        }

        return new Written(total + current, other ?? total + current, i, digits, suffix);
    }

    // "one employee" counts, "one of them" and "un chat" do not.
    private static bool ArticleCounts(IReadOnlyList<Lexeme> lexemes, int i) => i + 1 < lexemes.Count
        && (lexemes[i + 1].Form == "-" || NumberLexicon.Scale(lexemes[i + 1].Form) is not null
            || (lexemes[i].Form == "one" && lexemes[i + 1].Kind == LexemeKind.Word && !FunctionWords.Are(lexemes[i + 1].Form)));
}

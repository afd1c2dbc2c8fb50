using Consensus.Core.Clustering;
using Consensus.Core.Evidence.Matching.Lexicon;

namespace Consensus.Core.Evidence.Matching.Reading;

/// <summary>Reads what a sentence says, in time linear in its length.</summary>
internal sealed class StatementReader
{
    private static readonly HashSet<string> GermanWords =
        new("der die das und ist sind wurde wurden wird nicht ein eine einen im am von vom mit den dem des zum zur für auf hat haben seit kein keine".Split(' '), StringComparer.Ordinal);

    private static readonly HashSet<string> Articles =
        new("the a an its their his her der die das den dem des ein eine einen einem einer le la les l un une el los las una del du".Split(' '), StringComparer.Ordinal);

    private readonly List<Lexeme> _lexemes;
    private readonly List<Term> _terms = [];
    private readonly Denials _denials = new();
    private readonly bool _capitalsAreCommon;
    private string _lead = "";
    private int _bound;
    private int _clause;

    private StatementReader(string text)
    {
        _lexemes = Phrases.Join(LexemeScanner.Scan(text));
        _capitalsAreCommon = _lexemes.Any(static lexeme => GermanWords.Contains(lexeme.Form))
            && !_lexemes.Any(static lexeme => lexeme.Form is "the" or "of" or "and");
    }

    public static Statement Read(string text)
    {
        var reader = new StatementReader(text);
        for (var i = 0; i < reader._lexemes.Count;)
        {
            i = reader.Next(i);
        }

        reader._denials.EndClause(reader._terms, false);
        return new Statement(reader._terms);
    }

    private int Next(int i)
    {
        if (IsNumberOfName(i))
        {
            Add(new Term($"{_lexemes[i].Value}", $"{_lexemes[i].Value}") { IsName = true, MayBeName = true });
            return i + 1;
        }

        var (end, quantities) = QuantityReader.At(_lexemes, i);
        if (end > i)
        {
            foreach (var quantity in quantities)
            {
                Add(new Term("", "#") { Quantity = quantity with { Bound = _bound } });
            }

            _bound = 0;
            return end;
        }

        var lexeme = _lexemes[i];
        switch (lexeme.Kind)
        {
            case LexemeKind.Mark:
                Mark(i);
                break;
            case LexemeKind.Dense:
                Dense(i);
                break;
            case LexemeKind.Word:
                Word(i);
                break;
        }

        return i + 1;
    }

    // "Lumen 4": no other Lumen.
    private bool IsNumberOfName(int i) => i > 0 && _lexemes[i] is { Kind: LexemeKind.Number, PlainDigits: 1 or 2 or 3, Form: "" }
        && _lexemes[i - 1] is { Kind: LexemeKind.Word, IsCapital: true } name && !FunctionWords.Are(name.Form) && NumberLexicon.Month(name.Form) is null
        && (i + 1 == _lexemes.Count || _lexemes[i + 1].Kind == LexemeKind.Mark || (_lexemes[i + 1].Kind == LexemeKind.Word && FunctionWords.Are(_lexemes[i + 1].Form))
            || !name.OpensSentence && UnitWords.Of(_lexemes[i + 1].Form) is null);

    private void Mark(int i)
    {
        if (_lexemes[i].Form is "," or ";" or ":" or "(" or ")" or "." or "。" or "!" or "?" or "।")
        {
            EndClause(_lexemes[i].Form == "," && i > 0 && _lexemes[i - 1].Form is "not" or "never" or "also");
        }
        else if (_lexemes[i].Form is ">" or "≥" or "<" or "≤")
        {
            _bound = _lexemes[i].Form is ">" or "≥" ? 1 : -1;
        }
    }

    private void Dense(int i)
    {
        var lexeme = _lexemes[i];
        if (lexeme.Denies)
        {
            // "非常" and "未来" deny nothing.
            if (lexeme.Form is not ("非常" or "未来" or "非洲" or "不仅" or "不但" or "不久" or "无锡" or "没收" or "不少"))
            {
                _denials.Deny(_terms.Count, isConcord: lexeme.Form is "没有" or "未曾" && i > 0 && _lexemes[i - 1].Denies);
            }

            return;
        }

        if (lexeme.Form.Length > 1 && Words.DeniesAt(lexeme.Form, 1))
        {
            return;
        }

        Add(new Term(lexeme.Form, lexeme.Form) { IsDense = true });
    }

    private void Word(int i)
    {
        var (lexeme, form) = (_lexemes[i], _lexemes[i].Form);
        var next = i + 1 < _lexemes.Count ? _lexemes[i + 1].Form : "";
        var joinsNames = form is "and" or "y" or "et" or "и" && i > 0 && i + 1 < _lexemes.Count && _lexemes[i - 1].IsCapital && _lexemes[i + 1].IsCapital;
        if (Negators.IsBoundary(form) && !joinsNames)
        {
            EndClause(false);
        }

        if (form is "within")
        {
            _bound = -1;
        }
        else if (Bound(form, next) && i > 0 && _lexemes[i - 1].Form is "no" or "not" or "nicht" or "kein")
        {
            // "no more than", "not less than".
            _bound = form is "more" or "mehr" ? -1 : 1;
        }
        else if (Bound(form, next))
        {
            _bound = form is "over" or "more" or "least" or "exceed" or "exceeded" or "exceeding" or "above" or "mehr" or "über" or "más" or "plus" or "более"
                or "больше" ? 1 : -1;
        }

        if (Negators.Deny(form, next, lexeme.OpensSentence))
        {
            _denials.Deny(_terms.Count, Negators.DeniesInConcord(form));
            return;
        }

        if (Negators.IsHedge(form) && !(lexeme.IsCapital && form == "may"))
        {
            _denials.Hedge(_terms.Count);
            return;
        }

        if (FunctionWords.Are(form) && !lexeme.IsCode)
        {
            _lead = Articles.Contains(form) ? _lead : form;
            return;
        }

        var isAbove = lexeme.IsCapital
            && (!lexeme.OpensSentence || lexeme.IsCode || (i + 1 < _lexemes.Count && _lexemes[i + 1] is { Kind: LexemeKind.Word, IsCapital: true }));
        var isName = isAbove && (!_capitalsAreCommon || lexeme.IsCode || IsBesideCapital(i));
        Add(new Term(form, isName ? form : Synonyms.Key(form)) { IsName = isName, MayBeName = lexeme.IsCapital, Lead = _lead });
    }

    private bool IsBesideCapital(int i) =>
        (i > 0 && _lexemes[i - 1] is { Kind: LexemeKind.Word, IsCapital: true, OpensSentence: false } before && !FunctionWords.Are(before.Form))
        || (i + 1 < _lexemes.Count && _lexemes[i + 1] is { Kind: LexemeKind.Word, IsCapital: true });

    private static bool Bound(string form, string next) => form switch
    {
        "over" or "under" or "below" or "above" or "mehr" or "weniger" or "más" or "menos" or "plus" or "moins" or "более" or "менее" or "больше" =>
            next.Length == 0 || next is "als" or "than" or "de" or "que" || IsNumber(next),
        "more" or "fewer" or "less" => next == "than",
        "exceed" or "exceeded" or "exceeding" or "least" or "most" => next.Length == 0 || IsNumber(next),
        _ => false,
    };

    private static bool IsNumber(string form) => form.Length == 0 || NumberLexicon.Value(form) is not null || UnitWords.IsCurrencySign(form);

    private void EndClause(bool carries)
    {
        _denials.EndClause(_terms, carries);
        _clause++;
        _lead = "";
    }

    private void Add(Term term)
    {
        // "by the Danish firm Norlys", "to the city of Leuven": one phrase has one lead.
        var joins = _terms.Count > 0 && _terms[^1].Clause == _clause
            && (_lead is "of" || (_lead.Length == 0 && ((term.IsName && _terms[^1].IsName) || Agents.Are(_terms[^1].Lead))));
        _terms.Add(term with { Clause = _clause, Lead = joins ? _terms[^1].Lead : _lead });
        _lead = "";
    }
}

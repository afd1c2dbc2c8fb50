using Consensus.Core.Answers.Finding;
using Consensus.Core.Answers.Literals;
using Consensus.Core.Answers.Numbers;

namespace Consensus.Core.Answers.Kinds;

/// <summary>Which kind a single text shows by itself, whatever the others say.</summary>
internal static class KindSigns
{
    private const int MaxStatement = 400;
    private const int MaxUnitWords = 4;

    /// <summary>The kind that the text's answer has on its face, or <c>null</c> for a text without an answer.</summary>
    public static KindSign? Of(ModelReading? reading)
    {
        if (reading is null || reading.IsRefusal || AnswerMember.IsCutOff(reading.Text))
            return null;
        var statement = reading.Statement;
        if (statement.Value is { } value)
            return OfLiteral(value) is { } shown ? new KindSign(shown) : null;
        if (statement.By == StatedBy.Member)
            return OfMember(statement.Text);
        if (statement.By == StatedBy.Whole)
            return new KindSign((reading.Text.Length > MaxStatement ? null : OfStatement(statement.Text)) ?? OfLongText(reading.Text));
        return new KindSign(OfStatement(statement.Text) ?? AnswerKind.Text);
    }

    private static KindSign? OfMember(string member)
    {
        // Spaces alone are an answer only where a text's every character counts.
        if (member.Length > 1 && string.IsNullOrWhiteSpace(member))
            return new KindSign(AnswerKind.Code);
        if (NoAnswer.IsSaid(member) && member.Length < 40 && member is not "None")
            return null;
        var text = member.Trim();
        var literal = CodeAnswer.Literal(text);
        var kind = IsBoolean(text) ? AnswerKind.Boolean : IsNumber(text) ? AnswerKind.Number : literal is null ? AnswerKind.Text : OfCode(literal, text);
        return kind is { } shown ? new KindSign(shown, member, literal) : null;
    }

    private static AnswerKind? OfStatement(string statement)
    {
        var text = statement.Trim();
        if (IsBoolean(text))
            return AnswerKind.Boolean;
        if (IsNumber(text))
            return AnswerKind.Number;
        return text is ['`' or '[' or '{' or '(', ..] && CodeAnswer.Literal(text) is { } literal ? OfCode(literal, text) : null;
    }

    private static AnswerKind? OfCode(Literal literal, string text) =>
        OfLiteral(literal) is AnswerKind.Json && !IsStrictJson(text.Trim('`')) ? AnswerKind.Code : OfLiteral(literal);

    private static AnswerKind? OfLiteral(Literal literal) => literal switch
    {
        TruthLiteral => AnswerKind.Boolean,
        NumberLiteral => AnswerKind.Number,
        MapLiteral or SequenceLiteral => IsJson(literal) ? AnswerKind.Json : AnswerKind.Code,
        TextLiteral => AnswerKind.Code,
        _ => null,
    };

    // A map from numbers, a tuple and a set have no counterpart in JSON.
    private static bool IsJson(Literal literal) => literal switch
    {
        MapLiteral map => map.Members.All(static member => member.Key is TextLiteral && IsJson(member.Value)),
        SequenceLiteral sequence => sequence.Kind == SequenceKind.List && sequence.Items.All(IsJson),
        _ => true,
    };

    /// <summary>A text that states nothing may be JSON, a verdict with its reasons, or prose that ends in a result.</summary>
    private static AnswerKind OfLongText(string text)
    {
        if (Fences.Last(text) is { } fenced)
            return LiteralParser.Whole(fenced) is MapLiteral or SequenceLiteral { Kind: SequenceKind.List } ? AnswerKind.Json : AnswerKind.Text;
        if (text is ['{' or '[', ..] && LiteralParser.Whole(text) is { } literal)
            return OfLiteral(literal) ?? AnswerKind.Text;
        var first = Scripts.Markdown.Plain(Scripts.Sentences.First(text));
        var comma = first.IndexOf(',');
        if (IsBoolean(first) || (comma > 0 && IsBoolean(first[..comma])))
            return AnswerKind.Boolean;
        var last = Scripts.Markdown.Plain(Scripts.Sentences.Last(text));
        var equals = last.LastIndexOf('=');
        return (equals > 0 && IsNumber(last[(equals + 1)..])) || EndsInResult(last) ? AnswerKind.Number : AnswerKind.Text;
    }

    private static bool IsBoolean(string text) =>
        text.Length < 40 && text.Trim().Trim('*', '.', '!', '`', '"', ' ').ToUpperInvariant() is "YES" or "NO" or "TRUE" or "FALSE" or "SÍ" or "OUI"
            or "NON" or "JA" or "NEIN" or "ДА" or "НЕТ" or "是" or "否" or "はい" or "いいえ";

    /// <summary>A number with at most a few words of unit after it and a sign before it, or an expression with its result.</summary>
    private static bool IsNumber(string statement)
    {
        if (statement.Length > 120)
            return false;
        var text = NumberText.Prepare(Scripts.Markdown.Plain(statement)).Trim().TrimEnd('.', '!', ' ');
        if (text.LastIndexOfAny(['=', '≈']) is > 0 and var equals && text.AsSpan(equals).IndexOfAnyInRange('0', '9') > 0)
            text = text[(equals + 1)..].Trim();
        if (Expression.Evaluate(text) is not null)
            return true;
        var tokens = NumberScanner.Scan(text, spacesGroup: true);
        if (tokens.Count != 1)
            return false;
        var before = text.AsSpan(0, tokens[0].Start).Trim(" $(≈~");
        return (before.Length == 0 || before is "about" or "approximately" or "USD" or "Rs" or "EUR" or "x") && IsUnit(text.AsSpan(tokens[0].End));
    }

    /// <summary>"17 multiplied by 23 is 391": the sentence ends in a number straight after a verb of being or a colon.</summary>
    private static bool EndsInResult(string sentence)
    {
        if (sentence.Length > MaxStatement)
            return false;
        var text = NumberText.Prepare(sentence);
        var tokens = NumberScanner.Scan(text, spacesGroup: false);
        return tokens.Count > 0 && StatementNumber.IsLinked(text, tokens[^1]) && IsUnit(text.AsSpan(tokens[^1].End));
    }

    private static bool IsUnit(ReadOnlySpan<char> after)
    {
        after = after.Trim(" $).!");
        return after.Count(' ') < MaxUnitWords && after.IndexOfAny(",;:?[{\"'-_") < 0 && !IsDate(after);
    }

    private static bool IsDate(ReadOnlySpan<char> unit)
    {
        foreach (var month in (ReadOnlySpan<string>)["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"])
        {
            if (unit.StartsWith(month, StringComparison.OrdinalIgnoreCase))
                return true;
        }
        return false;
    }

    private static bool IsStrictJson(string text)
    {
        // Python's words, tuples, sets and single quotes are not JSON.
        var inText = false;
        for (var i = 0; i < text.Length; i++)
        {
            if (inText && text[i] == '\\')
                i++;
            else if (text[i] == '"')
                inText = !inText;
            else if (!inText && (text[i] is '\'' or '(' || text.AsSpan(i).StartsWith("True") || text.AsSpan(i).StartsWith("False")
                || text.AsSpan(i).StartsWith("None")))
                return false;
        }
        return true;
    }
}

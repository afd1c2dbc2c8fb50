using Consensus.Core.Answers.Finding;
using Consensus.Core.Answers.Literals;
using Consensus.Core.Answers.Numbers;

namespace Consensus.Core.Answers.Kinds;

/// <summary>Reads a number.</summary>
internal static class NumberAnswer
{
    private const int ShortAnswer = 40;

    public static Answer? Read(ModelReading reading)
    {
        var statement = reading.Statement;
        if (statement.Value is { } literal)
            return OfLiteral(literal);
        if (statement.By == StatedBy.Whole && (reading.IsRefusal || AnswerMember.IsCutOff(reading.Text)))
            return null;
        if (statement.By == StatedBy.Whole && reading.Text.Length > ShortAnswer)
            return InProse(reading.Text);
        if (InStatement(statement.Text) is { } stated)
            return stated;
        var saysNothing = statement.By == StatedBy.Cue && !statement.Text.Any(char.IsDigit) && !NoAnswer.IsSaid(statement.Text);
        return saysNothing ? InProse(reading.Text) : null;
    }

    /// <summary>The number that a statement gives, or <c>null</c> where it has none or several of equal standing.</summary>
    public static Answer? InStatement(string statement)
    {
        var text = NumberText.Prepare(statement).Trim().Trim('*', '`', '"').Trim();
        if (text.StartsWith('±'))
            return null;
        if (Expression.Evaluate(text.AsSpan().TrimEnd(".!;")) is { } value)
            return Make(value, text);
        text = LastSide(text);
        if (Expression.Evaluate(text.AsSpan().TrimEnd(".!;")) is { } side)
            return Make(side, text);
        var tokens = NumberScanner.Scan(text, spacesGroup: true);
        if (tokens.Count == 0)
            return Words(text, isStatement: true);
        return StatementNumber.Choose(text, tokens) is { } chosen ? Make(chosen, text) : null;
    }

    private static Answer? OfLiteral(Literal literal) => literal switch
    {
        NumberLiteral { Value.IsFinite: true } number => Make(number.Value, number.Value.Key),
        SequenceLiteral { Items: [var only] } => OfLiteral(only),
        MapLiteral { Members: [var only] } => OfLiteral(only.Value),
        TextLiteral text => InStatement(text.Value),
        _ => null,
    };

    /// <summary>The last number of a text: after the last equals sign of the last sentence that has a number.</summary>
    private static Answer? InProse(string prose)
    {
        var text = NumberText.Prepare(prose);
        var tokens = NumberScanner.Scan(text, spacesGroup: text.Length < 40);
        return tokens.Count == 0 ? text.Length < 200 ? Words(text, isStatement: false) : null : Make(tokens[^1], text);
    }

    // "(6 + 9) * 2 = 30", "1/3 ≈ 0.33": the last side is the result.
    private static string LastSide(string text)
    {
        var end = text.Length;
        while (end > 0 && text.AsSpan(0, end).LastIndexOfAny('=', '≈', '→') is >= 0 and var at)
        {
            var side = text.AsSpan(at + 1).TrimStart("> \u00A0");
            if (side.IndexOfAnyInRange('0', '9') >= 0)
                return side.ToString();
            end = at;
        }
        return text;
    }

    private static Answer? Words(string text, bool isStatement) => NumberWords.Last(text, isStatement) is var (value, start, end) ? Make(value, text[start..end]) : null;

    private static Answer Make(NumberToken token, string text) => Make(token.Value, text[token.Start..token.End]);

    private static Answer Make(Quantity value, string text)
    {
        var shown = text.Trim(' ', '.');
        shown = shown is ['$', _, .., '$'] ? shown[1..^1] : shown;
        return new Answer(AnswerKind.Number, shown, value.Key, JsonValues.OfNumber(value), value.Value);
    }
}

using Consensus.Core.Answers.Finding;
using Consensus.Core.Answers.Literals;

namespace Consensus.Core.Answers.Kinds;

/// <summary>Reads a literal in Python's or JSON's style. What is no literal is text without its quotes.</summary>
internal static class CodeAnswer
{
    private static readonly string[] Labels = ["output:", "output is", "result:", "returns", "return", "print(", "answer:"];

    /// <summary>Reads a panel. A member <c>"answer": "816"</c> may mean the number or the text; it is the text when another answer of the panel writes that
    /// text in quotes.</summary>
    public static Answer?[] Read(ModelReading?[] readings)
    {
        var literals = Array.ConvertAll(readings, static reading => reading is null ? null : LiteralOf(reading));
        var quoted = literals.OfType<TextLiteral>().Select(static text => text.Value).ToHashSet(StringComparer.Ordinal);
        return Array.ConvertAll(Enumerable.Range(0, readings.Length).ToArray(), i => literals[i] switch
        {
            null => null,
            TruthLiteral or NumberLiteral or NoneLiteral when BareMember(readings[i]!) is { } bare && quoted.Contains(bare) => Make(new TextLiteral(bare)),
            var literal => Make(literal),
        });
    }

    private static string? BareMember(ModelReading reading) =>
        reading.Statement is { By: StatedBy.Member, Value: null } statement ? statement.Text : null;

    private static Literal? LiteralOf(ModelReading reading)
    {
        var statement = reading.Statement;
        if (statement.Value is { } literal)
            return literal;
        if (statement.By == StatedBy.Member)
            return LiteralOrText(statement.Text);
        if (statement.By != StatedBy.Whole)
            return LiteralOrText(FirstCode(statement.Text));
        if (reading.IsRefusal || AnswerMember.IsCutOff(reading.Text))
            return null;
        return LiteralOrText(Fences.Last(reading.Text) ?? FirstCode(LastLine(reading.Text)));
    }

    private static Literal LiteralOrText(string statement)
    {
        var text = statement.Trim();
        // Spaces around a bare text may be its own: "  7  " is not the number 7.
        var isPadded = text.Length < statement.Length && !text.AsSpan().ContainsAny("[{('\"");
        if (!isPadded && Literal(text) is { } literal)
            return literal;
        return new TextLiteral(text is ['\'', .., '\''] or ['"', .., '"'] ? text[1..^1] : statement);
    }

    /// <summary>The literal that a statement is, marks and labels around it aside; <c>null</c> when it is none.</summary>
    public static Literal? Literal(string text)
    {
        text = text.Trim();
        if (LiteralParser.Whole(text) is { } whole)
            return whole;
        var inner = text.Trim('`', ' ', '*').TrimEnd('.', ';').Trim('`', ' ', '*');
        foreach (var label in Labels)
        {
            if (inner.StartsWith(label, StringComparison.OrdinalIgnoreCase))
                inner = inner[label.Length..].Trim(' ', '`');
        }
        if (inner.LastIndexOf("==", StringComparison.Ordinal) is > 0 and var equals)
            inner = inner[(equals + 2)..].Trim(' ', '`');
        if (inner.Length > 0 && inner.Length < text.Length && LiteralParser.Whole(inner) is { } value)
            return value;
        // One level of escapes too many: \"[ac]\"
        return text.StartsWith('\\') && text is ['\\', '"' or '\'', ..] ? LiteralParser.Whole(QuotedText.Unescape(text)) : null;
    }

    private static string LastLine(string text) => text[(text.LastIndexOf('\n') + 1)..];

    /// <summary>What a sentence sets in backticks, else the sentence.</summary>
    private static string FirstCode(string text)
    {
        var open = text.IndexOf('`');
        var close = open < 0 ? -1 : text.IndexOf('`', open + 1);
        return close > open + 1 ? text[(open + 1)..close] : text;
    }

    private static Answer Make(Literal literal)
    {
        var normal = LiteralForm.Normal(literal);
        return new Answer(AnswerKind.Code, normal, normal, JsonValues.OfText(normal));
    }
}

using Consensus.Core.Answers.Finding;
using Consensus.Core.Answers.Literals;
using Consensus.Core.Answers.Scripts;

namespace Consensus.Core.Answers.Kinds;

/// <summary>Reads free text: the answer alone, without Markdown, announcement and closing punctuation.</summary>
internal static class TextAnswer
{
    private const int LongestOpening = 80;
    private const string Closing = ".,;:!?。！？،؟।… \n\r\t";

    public static Answer? Read(ModelReading reading)
    {
        if (reading.IsRefusal || AnswerMember.IsCutOff(reading.Text))
            return null;
        var statement = reading.Statement;
        var stated = statement.Value switch
        {
            NoneLiteral => "",
            TextLiteral text => text.Value,
            _ => statement.By == StatedBy.Cue ? Sentences.First(statement.Rest) : BoldOpening(statement.Text) ?? statement.Text,
        };
        // A member holds the answer as it is meant: an underscore or a full stop in it is its own.
        var isMeant = statement.By == StatedBy.Member && !IsMarked(stated);
        var alone = isMeant ? Unquoted(stated) : Alone(WithoutMarks(Latex.Plain(stated)));
        if (alone.Length == 0 || (statement.By != StatedBy.Whole && NoAnswer.IsRefusal(alone)) || alone.ToUpperInvariant() is "N/A" or "NULL")
            return null;
        return new Answer(AnswerKind.Text, alone, Key(alone), JsonValues.OfText(alone));
    }

    /// <summary>The normal form: compatibility characters resolved, case folded, spaces collapsed, without outer quotes and closing punctuation.</summary>
    public static string Key(string text) =>
        LatexForm.IsFormula(text) ? Alone(TextFold.Fold(LatexForm.Normal(text))).Replace(" ", "", StringComparison.Ordinal) : Alone(TextFold.Fold(text));

    // In a formula the signs of Markdown are its own.
    private static string WithoutMarks(string text) => LatexForm.IsFormula(text) ? text.Trim('*', ' ') : Markdown.Plain(text);

    private static bool IsMarked(string text) => text.StartsWith("**", StringComparison.Ordinal) || text.StartsWith('_') || text.StartsWith('#') || text.StartsWith('`');

    private static string Unquoted(string text)
    {
        var inner = text.AsSpan().Trim();
        return inner.Length > 2 && IsQuotePair(inner[0], inner[^1]) && inner[1..^1].IndexOf(inner[0]) < 0 ? inner[1..^1].ToString() : inner.ToString();
    }

    /// <summary>A bold first line on which the text goes on to speak: "**Paris**", then "Paris is the capital …". A bold title is none.</summary>
    private static string? BoldOpening(string text)
    {
        var line = text.IndexOf('\n');
        if (line is < 5 or > LongestOpening || !text.StartsWith("**", StringComparison.Ordinal))
            return null;
        var first = text[..line].TrimEnd().TrimEnd('.');
        if (first.Length < 5 || !first.EndsWith("**", StringComparison.Ordinal)
            || first.AsSpan(2, first.Length - 4).Contains("**", StringComparison.Ordinal) || first[^3] == ':')
            return null;
        var opening = first[2..^2];
        return Sentences.First(text[line..].TrimStart()).Contains(opening.TrimEnd('.'), StringComparison.OrdinalIgnoreCase) ? opening : null;
    }

    /// <summary>Without quotes around it and punctuation after it, unless nothing else is there.</summary>
    private static string Alone(string text)
    {
        var inner = text.AsSpan().Trim();
        for (var before = -1; before != inner.Length;)
        {
            before = inner.Length;
            inner = inner.TrimEnd(Closing);
            if (inner.Length > 1 && IsQuotePair(inner[0], inner[^1]))
                inner = inner[1..^1].Trim();
        }
        return inner.Length == 0 ? text.Trim() : inner.ToString();
    }

    private static bool IsQuotePair(char open, char close) =>
        (open, close) is ('"', '"') or ('\'', '\'') or ('`', '`') or ('“', '”') or ('‘', '’') or ('«', '»') or ('„', '“') or ('「', '」') or ('『', '』');
}

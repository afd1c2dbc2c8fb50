using Consensus.Core.Answers.Finding;
using Consensus.Core.Answers.Kinds;
using Consensus.Core.Answers.Literals;

namespace Consensus.Core.Answers.Choices;

/// <summary>Reads which of the given options a text settles on, by letter or by the option's text.</summary>
internal static class ChoiceAnswer
{
    public static Answer? Read(ModelReading reading, Options options)
    {
        var statement = reading.Statement;
        if (statement.By is StatedBy.Member)
            return Make(statement.Value is SequenceLiteral { Items: [TextLiteral only] } ? OfStatement(only.Value, options)
                : OfStatement(statement.Text, options));
        if (statement.By is StatedBy.Boxed or StatedBy.Hashes && OfStatement(statement.Text, options) is { } marked)
            return Make(marked);
        foreach (var (_, cue) in AnswerCue.FromEnd(reading.Text))
        {
            // "The answer is (F) and (J)" settles on none.
            if (ChoiceLetters.IsSeveral(cue.Text, options))
                return null;
            if (OfStatement(cue.Text, options) is { } announced)
                return Make(announced);
        }
        return reading.IsRefusal ? null : Make(OfWhole(reading.Text, options));
    }

    /// <summary>The option that a statement names: its letter at the front, else its text, else the one letter in brackets.</summary>
    public static int? OfStatement(string statement, Options options)
    {
        var text = Scripts.Markdown.Plain(ChoiceLetters.WithoutLatex(statement)).Trim();
        if (text.Length == 0 || ChoiceLetters.IsSeveral(text, options))
            return null;
        if (ChoiceLetters.AtFront(text, options) is { } letter)
            return letter;
        var sentence = Scripts.Sentences.First(text);
        if (NoAnswer.IsSaid(sentence) && options.Equal(sentence) is null && ChoiceLetters.Asserted(sentence, options) is null)
            return null;
        return options.Equal(text) ?? ChoiceLetters.Asserted(sentence, options) ?? options.Mentioned(sentence);
    }

    /// <summary>A text that announces nothing: the letter that it begins with or that its last sentence asserts, or the one option that this sentence
    /// mentions.</summary>
    private static int? OfWhole(string text, Options options)
    {
        if (options.Equal(Scripts.Markdown.Plain(text)) is { } equal)
            return equal;
        var firstLine = Scripts.Markdown.Plain(ChoiceLetters.WithoutLatex(text.Split('\n', 2)[0])).Trim();
        if (ChoiceLetters.AtFront(firstLine, options) is { } front && (firstLine.Length <= 3 || text.Length < 200 || text.Length > firstLine.Length))
            return ChoiceLetters.IsEcho(text, options) ? LastSentence(text, options) : front;
        return LastSentence(text, options);
    }

    private static int? LastSentence(string text, Options options)
    {
        if (IsCutOff(text))
            return null;
        var sentence = Scripts.Sentences.Last(text);
        if (ChoiceLetters.Asserted(sentence, options) is { } letter)
            return letter;
        return NoAnswer.IsSaid(sentence) ? null : options.Mentioned(sentence);
    }

    // A text that stops in mid-sentence has not come to its answer.
    private static bool IsCutOff(string text) => text.Length > 60
        && text[^1] is not ('.' or '!' or '?' or ')' or '*' or '"' or '`' or '。' or '$' or ']' or '}');

    private static Answer? Make(int? option)
    {
        if (option is not { } index)
            return null;
        var letter = ((char)('A' + index)).ToString();
        return new Answer(AnswerKind.Choice, letter, letter, JsonValues.OfText(letter));
    }
}

using Consensus.Core.Answers.Finding;
using Consensus.Core.Answers.Literals;

namespace Consensus.Core.Answers.Kinds;

/// <summary>Reads yes or no.</summary>
internal static class BooleanAnswer
{
    private const int MaxWords = 24;

    private static readonly HashSet<string> Affirmations = new(StringComparer.OrdinalIgnoreCase)
    {
        "yes", "true", "correct", "right", "yeah", "yep", "indeed", "affirmative", "sí", "si", "oui", "ja", "да", "是", "是的", "对", "对的", "正确", "はい", "예", "네",
        "نعم", "हाँ", "हां", "sim", "vrai", "wahr", "verdadero", "evet", "ναι", "כן",
    };

    private static readonly HashSet<string> Denials = new(StringComparer.OrdinalIgnoreCase)
    {
        "no", "false", "incorrect", "wrong", "nope", "untrue", "negative", "non", "nein", "нет", "否", "不是", "不对", "错误", "不正确", "いいえ", "아니요", "아니오", "لا",
        "नहीं", "não", "faux", "falsch", "falso", "hayır", "όχι", "לא",
    };

    private static readonly HashSet<string> Negations = new(StringComparer.OrdinalIgnoreCase)
    {
        "not", "isn't", "isnt", "cannot", "can't", "never", "wasn't", "aren't", "doesn't", "don't", "didn't", "won't",
    };

    public static Answer? Read(ModelReading reading)
    {
        var statement = reading.Statement;
        if (statement.Value is TruthLiteral truth)
            return Make(truth.Value, truth.Value ? "true" : "false");
        if (statement.Value is not null || reading.IsRefusal)
            return null;
        if (statement.By != StatedBy.Whole)
            return InStatement(statement.Text);
        return InStatement(reading.Text) ?? InStatement(LastSentence(reading.Text), anywhere: true);
    }

    /// <summary>
    /// The truth of a statement by its first word ("Yes, …", "False.", "Not true"), or by "is true", "is not correct" within a sentence.
    /// </summary>
    public static Answer? InStatement(string statement, bool anywhere = false)
    {
        var words = Words(statement);
        if (words.Count == 0)
            return null;
        var negated = false;
        for (var i = 0; i < words.Count; i++)
        {
            var word = words[i];
            if (Negations.Contains(word))
            {
                negated = !negated;
                continue;
            }
            var value = Affirmations.Contains(word) ? true : Denials.Contains(word) ? false : (bool?)null;
            // "no" and "right" are a verdict only at the front; "is true" and "is false" anywhere.
            var isVerdict = i == 0 || (i == 1 && negated) || word.ToUpperInvariant() is "TRUE" or "FALSE" or "CORRECT" or "INCORRECT" or "YES" or "UNTRUE"
                || (anywhere && i == words.Count - 1);
            if (value is { } verdict && isVerdict)
                return Make(verdict != negated, word);
        }
        return null;
    }

    private static Answer Make(bool value, string word)
    {
        // Python's words stay as they are written.
        var text = word switch
        {
            "True" or "False" => value ? "True" : "False",
            _ when word.ToUpperInvariant() is "TRUE" or "FALSE" => value ? "true" : "false",
            _ => value ? "yes" : "no",
        };
        return new Answer(AnswerKind.Boolean, text, value ? "true" : "false", value ? JsonValues.True : JsonValues.False);
    }

    private static List<string> Words(string text)
    {
        List<string> words = [];
        for (var i = 0; i < text.Length && words.Count < MaxWords;)
        {
            var start = i;
            while (i < text.Length && (char.IsLetter(text[i])
                || char.GetUnicodeCategory(text[i]) is System.Globalization.UnicodeCategory.SpacingCombiningMark
                or System.Globalization.UnicodeCategory.NonSpacingMark || (text[i] is '\'' or '’' && i > start)))
                i++;
            if (i > start)
                words.Add(text[start..i].Replace('’', '\'').TrimEnd('\''));
            else
                i++;
        }
        return words;
    }

    private static string LastSentence(string text)
    {
        var end = text.AsSpan().TrimEnd(" .!*\n\r\t").Length;
        var start = text.AsSpan(0, end).LastIndexOfAny(".!?\n。！？") + 1;
        return text[start..end];
    }
}

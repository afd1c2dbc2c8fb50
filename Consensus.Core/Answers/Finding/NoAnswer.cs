using System.Buffers;

namespace Consensus.Core.Answers.Finding;

/// <summary>Texts that decline or say that there is no answer.</summary>
internal static class NoAnswer
{
    private static readonly string[] Refusals =
    [
        "i'm sorry", "i am sorry", "sorry,", "i apologize", "i cannot", "i can't", "i can not", "i am unable", "i'm unable", "i am not able", "i'm not able",
        "i won't", "i will not",
        "as an ai", "as a language model", "i don't know", "i do not know", "i must decline", "i refuse", "i decline", "unfortunately, i", "i'm afraid i",
        "i am afraid i", "i'd rather not",
        "lo siento", "no puedo", "je suis désolé", "désolé", "je ne peux pas", "es tut mir leid", "tut mir leid", "ich kann nicht", "ich kann dir",
        "mi dispiace", "non posso", "desculpe",
        "não posso", "извините", "я не могу", "к сожалению, я", "对不起", "抱歉", "很抱歉", "我无法", "我不能", "無法回答", "申し訳", "すみません", "죄송", "آسف", "عذرا",
    ];

    private static readonly string[] Nothing =
    [
        "none", "n/a", "na", "null", "nil", "unknown", "undefined", "not given", "not available", "not applicable", "not listed", "not provided",
        "not enough information", "insufficient information",
        "cannot be determined", "can't be determined", "cannot determine", "cannot be calculated", "cannot be answered", "could not be determined",
        "no answer", "no solution", "none of the above", "none of these",
        "none of the options", "undetermined", "indeterminate", "-", "?", "...",
    ];

    private static readonly SearchValues<char> Marks = SearchValues.Create("*_`\"'.#>()[] \t\r\n");

    /// <summary>Whether a text begins by declining.</summary>
    public static bool IsRefusal(string text)
    {
        var start = text.AsSpan().IndexOfAnyExcept(Marks);
        if (start < 0)
            return false;
        Span<char> head = stackalloc char[40];
        var source = text.AsSpan(start, Math.Min(head.Length, text.Length - start));
        var length = source.ToLowerInvariant(head);
        head = head[..length];
        head.Replace('’', '\'');
        foreach (var refusal in Refusals)
        {
            if (head.StartsWith(refusal))
                return true;
        }
        return false;
    }

    /// <summary>Whether a statement says that there is no answer: "None", "cannot be determined", "not listed in the options".</summary>
    public static bool IsSaid(string statement)
    {
        var start = statement.AsSpan().IndexOfAnyExcept(Marks);
        if (start < 0)
            return false;
        var text = statement.AsSpan(start);
        foreach (var phrase in Nothing)
        {
            if (text.StartsWith(phrase, StringComparison.OrdinalIgnoreCase) && (text.Length == phrase.Length
                || !char.IsLetterOrDigit(text[phrase.Length])) && (phrase.Length > 3 || text[phrase.Length..].IndexOfAnyExcept(Marks) < 0))
                return true;
        }
        return IsRefusal(statement);
    }
}

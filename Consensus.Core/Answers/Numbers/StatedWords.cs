namespace Consensus.Core.Answers.Numbers;

/// <summary>Tells a number in words that is stated as an answer from one that a sentence only happens to hold: "no one can know" is not 1.</summary>
internal static class StatedWords
{
    /// <summary>So few other words make a phrase ("seven red apples", "he has two cats"), more a sentence.</summary>
    private const int MaxOtherWords = 4;

    /// <summary>After these a number counts nothing: it picks something out ("the two", "this one") or denies it ("no one", "no two").</summary>
    private static readonly HashSet<string> Determiners = new(StringComparer.OrdinalIgnoreCase)
    {
        "no", "not", "any", "every", "each", "some", "the", "this", "that", "these", "those", "which", "another", "other", "either", "neither",
    };

    /// <summary>Before these "one" is a person or a thing, not a number.</summary>
    private static readonly HashSet<string> AfterPronoun = new(StringComparer.OrdinalIgnoreCase)
    {
        "of", "another", "who", "that", "which", "can", "cannot", "could", "may", "might", "must", "shall", "should", "will", "would", "does", "has", "is",
        "was", "never", "always", "only", "knows", "needs", "s",
    };

    /// <summary>After these "one" is a number although no "is" stands before it.</summary>
    private static readonly HashSet<string> BeforeOne = new(StringComparer.OrdinalIgnoreCase) { "only", "just", "exactly", "has", "leaves" };

    /// <param name="text">The text.</param>
    /// <param name="words">Its words.</param>
    /// <param name="first">The first word of the number.</param>
    /// <param name="last">The last.</param>
    /// <param name="isStatement">Whether the text is what was said to be the answer, so that a number at its start is stated.</param>
    public static bool Are(string text, List<Range> words, int first, int last, bool isStatement)
    {
        var before = first > 0 ? text[words[first - 1]] : "";
        if (Determiners.Contains(before))
            return false;
        var isOne = first == last && text[words[first]].Equals("one", StringComparison.OrdinalIgnoreCase);
        if (isOne && last + 1 < words.Count && AfterPronoun.Contains(text[words[last + 1]]))
            return false;
        var isSigned = before.ToUpperInvariant() is "MINUS" or "NEGATIVE";
        var start = words[isSigned ? first - 1 : first].Start.Value;
        if (StatementNumber.IsLinked(text, start) || isStatement && StatementNumber.IsAtStart(text, start))
            return true;
        return isOne ? BeforeOne.Contains(before) : words.Count - (last - first + 1) <= MaxOtherWords || EndsSentence(text, words[last].End.Value);
    }

    private static bool EndsSentence(string text, int end)
    {
        var rest = text.AsSpan(end).TrimStart("*_`\"') ");
        return rest is [] or ['.' or '!' or '?' or ';' or '\n' or '\r', ..];
    }
}

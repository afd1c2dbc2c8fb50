namespace Consensus.Core.Answers.Choices;

/// <summary>Whether a sentence denies what it mentions: "not (A)", "rather than Berlin", "(C) is wrong".</summary>
internal static class RuledOut
{
    private static readonly string[] Before =
    [
        "not ", "n't ", "except ", "rule out ", "rules out ", "eliminate ", "eliminates ", "exclude ", "neither ", "nor ", "than ", "instead of ",
        "не ", "nicht ", "不是",
    ];

    private static readonly string[] After = ["is incorrect", "is wrong", "is not", "is false", "isn't", "can be ruled"];

    private const string Contrast = " but ";

    /// <param name="sentence">The sentence.</param>
    /// <param name="start">Where the mention begins.</param>
    /// <param name="end">The character after it.</param>
    public static bool Is(ReadOnlySpan<char> sentence, int start, int end)
    {
        var before = sentence[..start];
        before = before[(before.LastIndexOfAny(",;") + 1)..];
        if (before.LastIndexOf(Contrast, StringComparison.OrdinalIgnoreCase) is >= 0 and var but)
            before = before[(but + Contrast.Length)..];
        foreach (var word in Before)
        {
            if (before.Contains(word, StringComparison.OrdinalIgnoreCase))
                return true;
        }
        return IsAfter(sentence[end..]);
    }

    /// <summary>Whether what follows a mention denies it.</summary>
    public static bool IsAfter(ReadOnlySpan<char> after)
    {
        var tail = after.TrimStart(" )]*）");
        foreach (var words in After)
        {
            if (tail.StartsWith(words))
                return true;
        }
        return false;
    }
}

namespace Consensus.ModelSimulator.Replay;

/// <summary>How well the choices that a message lists are those of a recorded question.</summary>
/// <param name="InOrder">Whether every choice follows the question, each after the one before it.</param>
/// <param name="Found">How many choices the message has, wherever they stand.</param>
/// <param name="Characters">How long these are: of <c>cat</c> and <c>cat food</c> the longer says more.</param>
internal readonly record struct ChoiceFit(bool InOrder, int Found, int Characters)
{
    public static ChoiceFit Of(IReadOnlyList<string> choices, string text, int from)
    {
        var found = choices.Where(choice => IndexOf(text, choice, 0) >= 0).ToList();
        return new(FollowInOrder(choices, text, from), found.Count, found.Sum(choice => choice.Length));
    }

    public bool IsBetterThan(ChoiceFit other) => (InOrder, Found, Characters).CompareTo((other.InOrder, other.Found, other.Characters)) > 0;

    private static bool FollowInOrder(IReadOnlyList<string> choices, string text, int from)
    {
        foreach (var choice in choices)
        {
            var at = IndexOf(text, choice, from);
            if (at < 0)
            {
                return false;
            }

            from = at + choice.Length;
        }

        return true;
    }

    // Where the choice stands as words of its own: 1 is not found in 10.
    private static int IndexOf(string text, string choice, int from)
    {
        for (var at = from; at <= text.Length && (at = text.IndexOf(choice, at, StringComparison.Ordinal)) >= 0; at++)
        {
            var end = at + choice.Length;
            var begins = at == 0 || choice.Length == 0 || !char.IsLetterOrDigit(choice[0]) || !char.IsLetterOrDigit(text[at - 1]);
            if (begins && (end == text.Length || choice.Length == 0 || !char.IsLetterOrDigit(choice[^1]) || !char.IsLetterOrDigit(text[end])))
            {
                return at;
            }
        }

        return -1;
    }
}

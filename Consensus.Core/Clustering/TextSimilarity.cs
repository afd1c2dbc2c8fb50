namespace Consensus.Core.Clustering;

/// <summary>
/// How alike two free-text answers are: the share of content words that they have in common (Jaccard), or more where one holds all that the other says,
/// is the other's full name, or states the other, a short answer.
/// <see cref="Apart"/> when something sets them apart: see <see cref="TextVeto"/>.
/// </summary>
internal static class TextSimilarity
{
    /// <summary>The similarity of answers that must not be together; no mean that it enters is high enough.</summary>
    public const double Apart = double.NegativeInfinity;

    private const int ShortAnswer = 8;
    private const double Contained = 0.9;
    private const double FullName = 0.8;
    private const double Elaborated = 0.75;
    private const int FewWords = 2;
    private const int LongestName = 4;
    private const double Discount = 0.7;

    public static double Of(TextFeatures left, TextFeatures right)
    {
        if (TextVeto.Applies(left, right))
            return Apart;
        var (small, large) = left.Features.Count <= right.Features.Count ? (left, right) : (right, left);
        if (small.Features.Count == 0)
            return 0;
        var common = small.Features.Count(large.Features.Contains);
        var union = small.Features.Count + large.Features.Count - common;
        var jaccard = (double)common / union;
        // Of one or two words each one matters: "York" is not "New York".
        if (small.Features.Count <= FewWords && common < large.Features.Count)
            jaccard *= Discount;
        if (jaccard >= Contained)
            return jaccard;
        if (States(large, small) || DenseText.States(large.Key, small.Key))
            return Contained;
        if (IsFullName(large.Content, small.Content))
            return Math.Max(jaccard, FullName);
        return common == small.Features.Count && common > FewWords ? Math.Max(jaccard, Elaborated) : jaccard;
    }

    /// <summary>"William Shakespeare" is Shakespeare and "John F. Kennedy" John Kennedy; but "New York" is not York.</summary>
    private static bool IsFullName(Token[] full, Token[] name)
    {
        if (full.Length > LongestName || name.Length >= full.Length || name[^1].Form != full[^1].Form || !full.All(static token => token.IsCapital)
            || !name.All(static token => token.IsCapital))
            return false;
        return name.All(part => full.Any(token => token.Form == part.Form))
            && full.All(token => !Words.ChangesName(token.Form) || name.Any(part => part.Form == token.Form));
    }

    /// <summary>Whether a sentence states a short answer: as its subject, or straight after "is", "by" and the like ("Paris is the capital …", "The capital
    /// is Paris").</summary>
    private static bool States(TextFeatures sentence, TextFeatures answer)
    {
        var wanted = answer.Content;
        if (wanted.Length is 0 or > ShortAnswer || wanted.Length >= sentence.Content.Length || !sentence.IsShort)
            return false;
        var tokens = sentence.Tokens;
        for (var i = 0; i + wanted.Length <= tokens.Length; i++)
        {
            if (Matches(tokens, i, wanted) && IsProminent(sentence, i, wanted))
                return true;
        }
        return false;
    }

    private static bool Matches(Token[] tokens, int at, Token[] wanted)
    {
        for (var i = 0; i < wanted.Length; i++)
        {
            if (tokens[at + i].Form != wanted[i].Form)
                return false;
        }
        return true;
    }

    private static bool IsProminent(TextFeatures sentence, int at, Token[] wanted)
    {
        var next = at + wanted.Length;
        // "Paris Hilton" does not state "Paris", nor "heart attack" "heart".
        if (next < sentence.Tokens.Length && !sentence.Tokens[next].IsAfterBreak && !sentence.Tokens[next].IsStopWord)
            return false;
        var before = at - 1;
        // "by William Shakespeare" states Shakespeare.
        while (before >= 0 && sentence.Tokens[before].IsCapital && sentence.Tokens[before + 1] is { IsCapital: true, IsAfterBreak: false }
            && !Words.ChangesName(sentence.Tokens[before].Form))
            before--;
        at = before + 1;
        while (before >= 0 && sentence.Tokens[before].Form is "a" or "an" or "the" or "in" or "on" or "at")
            before--;
        if (before < 0)
            return at == 0 || sentence.Tokens[at - 1].Form is "a" or "an" or "the" || IsAlone(sentence, wanted);
        var isPlace = before < at - 1 && sentence.Tokens[at - 1].Form is "in" or "on" or "at";
        return Words.IsCopula(sentence.Tokens[before].Form) || (isPlace && IsAlone(sentence, wanted));
    }

    // "The war ended in 1945": nothing else that could be the answer.
    private static bool IsAlone(TextFeatures sentence, Token[] wanted) =>
        sentence.Entities.All(entity => wanted.Any(token => token.Form == entity));
}

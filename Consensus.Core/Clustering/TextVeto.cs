namespace Consensus.Core.Clustering;

/// <summary>What keeps two free-text answers apart however alike their words are.</summary>
internal static class TextVeto
{
    private const int MinimalPair = 2;
    private const int MaxOpposed = 64;

    public static bool Applies(TextFeatures left, TextFeatures right) =>
        left.IsFormula || right.IsFormula || DiffersInNumbers(left, right) || DiffersInPolarity(left, right) || DiffersInEntities(left, right)
            || HasOpposites(left, right) || IsMinimalPair(left, right) || SwapsRoles(left, right);

    /// <summary>Both give numbers (or codes such as H2O and 12:30), and not the same ones.</summary>
    private static bool DiffersInNumbers(TextFeatures left, TextFeatures right) =>
        (left.Numbers.Count > 0 && right.Numbers.Count > 0 && !left.Numbers.SetEquals(right.Numbers))
        || (left.Codes.Count > 0 && right.Codes.Count > 0 && !left.Codes.SetEquals(right.Codes));

    /// <summary>
    /// One opens with yes and the other with no; or, of short texts, one denies more often; or, of longer ones, one denies what the other affirms.
    /// </summary>
    private static bool DiffersInPolarity(TextFeatures left, TextFeatures right)
    {
        if (left.Verdict * right.Verdict < 0)
            return true;
        if (left.IsShort || right.IsShort)
            return left.Negations != right.Negations || (left.Verdict != right.Verdict && (left.Verdict < 0 || right.Verdict < 0)
                && left.Negations + right.Negations == 0);
        return Denies(left, right) || Denies(right, left);
    }

    private static bool Denies(TextFeatures one, TextFeatures other) =>
        one.Negated.Any(form => other.Words.Contains(form) && !other.Negated.Contains(form));

    /// <summary>Each names something with a capital that the other does not mention.</summary>
    private static bool DiffersInEntities(TextFeatures left, TextFeatures right) =>
        left.Entities.Any(entity => !right.Words.Contains(entity)) && right.Entities.Any(entity => !left.Words.Contains(entity));

    private static bool HasOpposites(TextFeatures left, TextFeatures right)
    {
        var onlyLeft = left.Words.Where(word => !right.Words.Contains(word)).Take(MaxOpposed + 1).ToArray();
        var onlyRight = right.Words.Where(word => !left.Words.Contains(word)).Take(MaxOpposed + 1).ToArray();
        return onlyLeft.Length <= MaxOpposed && onlyRight.Length <= MaxOpposed && onlyLeft.Any(word => onlyRight.Any(other => Words.AreOpposite(word, other)));
    }

    /// <summary>Alike from the front and from the back but for a word or two that differ: "the light is red", "the light is green".</summary>
    private static bool IsMinimalPair(TextFeatures left, TextFeatures right)
    {
        var (one, other) = (left.Content, right.Content);
        var limit = Math.Min(one.Length, other.Length);
        var front = 0;
        while (front < limit && one[front].Form == other[front].Form)
            front++;
        var back = 0;
        while (back < limit - front && one[^(back + 1)].Form == other[^(back + 1)].Form)
            back++;
        var (here, there) = (one.Length - front - back, other.Length - front - back);
        if (front + back == 0)
            return false;
        if (here + there == 1)
            return IsNumberOfName(here == 1 ? one : other, front);
        if (here is 0 or > MinimalPair || there is 0 or > MinimalPair)
            return false;
        return here != there || !Enumerable.Range(front, here).All(i => Words.AreVariants(one[i].Form, other[i].Form));
    }

    /// <summary>A number straight after a name belongs to it: "Windows" is not "Windows 11".</summary>
    private static bool IsNumberOfName(Token[] content, int at) =>
        at > 0 && content[at] is { IsAfterBreak: false } && (content[at].IsSpelledNumber || char.IsDigit(content[at].Form[0])) && content[at - 1].IsCapital;

    /// <summary>The same words in another order, with neither a verb of being nor punctuation to turn around: "Alice beat Bob", "Bob beat Alice".</summary>
    private static bool SwapsRoles(TextFeatures left, TextFeatures right)
    {
        if (left.Content.Length != right.Content.Length || left.Content.Length is < 3 or > 12 || !left.Features.SetEquals(right.Features))
            return false;
        return left.Entities.Union(right.Entities).Count() >= 2 && !left.Tokens.Any(static token => Words.IsCopula(token.Form) || token.IsAfterBreak)
            && !left.Content.Select(static token => token.Form).SequenceEqual(right.Content.Select(static token => token.Form));
    }
}

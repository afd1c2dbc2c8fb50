namespace Consensus.Core.Claims;

/// <summary>Holds a claim against one text, by its words: no model is asked, and any script will do.</summary>
/// <remarks>
/// The weighted share of a claim's content words that stand in the text, and that stand together in one of its sentences; what contradicts the claim in that
/// sentence is an <see cref="ClaimObjection"/>. Words in other words (paraphrase) are not seen.
/// </remarks>
public static class ClaimMatcher
{
    private const double Anywhere = 0.5;

    /// <summary>How far a text bears out a claim.</summary>
    /// <param name="claim">One statement.</param>
    /// <param name="text">What it is held against.</param>
    /// <param name="weights">How much each word tells.</param>
    /// <returns>The match. A claim without words is covered by nothing.</returns>
    public static ClaimMatch Match(string claim, ReferenceText text, WordWeights weights)
    {
        ArgumentNullException.ThrowIfNull(claim);
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(weights);
        return Match(new ClaimWords(claim, weights), text);
    }

    internal static ClaimMatch Match(ClaimWords claim, ReferenceText text)
    {
        var here = new double[claim.Tokens.Length];
        var inSentence = new Dictionary<int, double>[claim.Tokens.Length];
        Dictionary<int, double> weightOf = [];
        for (var i = 0; i < here.Length; i++)
        {
            var found = inSentence[i] = [];
            foreach (var (sentence, strength) in text.Find(claim.Tokens[i]))
            {
                found[sentence] = Math.Max(found.GetValueOrDefault(sentence), strength);
                here[i] = Math.Max(here[i], strength);
            }

            foreach (var (sentence, strength) in found)
            {
                weightOf[sentence] = weightOf.GetValueOrDefault(sentence) + (claim.Weights[i] * strength);
            }
        }

        if (weightOf.Count == 0)
        {
            return new ClaimMatch(0, ClaimObjection.None, 0, 0) { Words = here };
        }

        // Of sentences that have as much the first.
        var best = weightOf.MaxBy(static pair => (pair.Value, -pair.Key)).Key;
        var together = Array.ConvertAll(inSentence, found => found.GetValueOrDefault(best));
        var objection = Objections.Find(claim, text.InSentences[best], together, here);
        return Matched(claim, text.InSentences[best].Span, together, here, objection);
    }

    private static ClaimMatch Matched(ClaimWords claim, Range span, double[] together, double[] here, ClaimObjection objection)
    {
        var words = new double[here.Length];
        for (var i = 0; i < words.Length; i++)
        {
            words[i] = (Anywhere * here[i]) + ((1 - Anywhere) * together[i]);
        }

        var match = new ClaimMatch(Math.Min(1, claim.Weigh(words) / claim.TotalWeight), objection, span.Start.Value, span.End.Value);
        return match with { Words = objection == ClaimObjection.None ? words : Array.ConvertAll(words, static word => word * ClaimMatch.Objected) };
    }
}

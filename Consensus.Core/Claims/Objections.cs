using Consensus.Core.Clustering;

namespace Consensus.Core.Claims;

/// <summary>Finds what a sentence says against a claim that it otherwise covers.</summary>
internal static class Objections
{
    /// <summary>A sentence that has less of a claim's other words speaks of something else.</summary>
    private const double OnTopic = 0.6;

    /// <summary>Longer sentences are not searched for opposites.</summary>
    private const int MaxOpposed = 64;

    /// <param name="claim">The claim.</param>
    /// <param name="sentence">The sentence of a text that has most of the claim's words.</param>
    /// <param name="together">How far the sentence has each content word.</param>
    /// <param name="anywhere">How far the whole text has it.</param>
    public static ClaimObjection Find(ClaimWords claim, ReferenceSentence sentence, double[] together, double[] anywhere)
    {
        if (Lacks(claim, together, anywhere, ClaimTokens.IsNumeric)
            && sentence.Tokens.Any(token => ClaimTokens.IsNumeric(token) && !claim.Forms.Contains(token.Form)))
        {
            return ClaimObjection.Number;
        }

        if ((sentence.IsNegative != claim.IsNegative && IsOnTopic(claim, together, static _ => true)) || SaysOpposite(claim, sentence, together))
        {
            return ClaimObjection.Negation;
        }

        return Lacks(claim, together, anywhere, IsName) && sentence.Tokens.Any(token => IsName(token) && !claim.Forms.Contains(token.Form))
            ? ClaimObjection.Name
            : ClaimObjection.None;
    }

    private static bool IsName(Token token) => token.IsCapital && !ClaimTokens.IsNumeric(token);

    /// <summary>The text has not all the claim's words of a kind, and the sentence most of the others.</summary>
    private static bool Lacks(ClaimWords claim, double[] together, double[] anywhere, Func<Token, bool> isOfKind)
    {
        var lacks = false;
        for (var i = 0; i < anywhere.Length; i++)
        {
            lacks |= anywhere[i] == 0 && isOfKind(claim.Tokens[i]);
        }

        return lacks && IsOnTopic(claim, together, token => !isOfKind(token));
    }

    private static bool SaysOpposite(ClaimWords claim, ReferenceSentence sentence, double[] together)
    {
        if (together.Length > MaxOpposed || sentence.Forms.Count > MaxOpposed)
        {
            return false;
        }

        for (var i = 0; i < together.Length; i++)
        {
            var word = claim.Tokens[i].Form;
            if (together[i] == 0 && sentence.Forms.Any(form => !claim.Forms.Contains(form) && Words.AreOpposite(word, form)))
            {
                return IsOnTopic(claim, together, token => token.Form != word);
            }
        }

        return false;
    }

    /// <summary>Whether the sentence has most of those of the claim's words that are counted.</summary>
    private static bool IsOnTopic(ClaimWords claim, double[] together, Func<Token, bool> counts)
    {
        var (have, all) = (0.0, 0.0);
        for (var i = 0; i < together.Length; i++)
        {
            if (counts(claim.Tokens[i]))
            {
                have += claim.Weights[i] * together[i];
                all += claim.Weights[i];
            }
        }

        return all > 0 && have > OnTopic * all;
    }
}

namespace Consensus.Core.Claims;

/// <summary>How far the claims of one candidate are borne out by the other candidates.</summary>
/// <remarks>
/// Sampling-based detection of unsupported statements (Manakul, Liusie and Gales 2023, "SelfCheckGPT") without a model:
/// <list type="number">
/// <item>Each other candidate is matched with each claim (<see cref="ClaimMatcher"/>). It weighs by how much of the whole answer it has, in proportion to
/// the one that has most: who speaks of something else, or refuses, says nothing about the claims.</item>
/// <item>Each content word of a claim has the weighted share of the others that have it, shrunk toward the answer's mean share as if by one
/// more candidate.</item>
/// <item>The support is g^√n, g being the weighted geometric mean of these shares over the claim's content words and n their number, 5 at most. Were the words
/// right or wrong independently of each other it were gⁿ, and g were all one; √n lies between: who says more can be wrong in more.</item>
/// <item>A third of its logarithm is that of the claims around it, weighted by e^(−distance/2): unsupported claims come in runs (Zhang et al. 2023, "How
/// Language Model Hallucinations Can Snowball").</item>
/// </list>
/// </remarks>
public static class PanelSupport
{
    private const double PriorVotes = 1;
    private const double Floor = 0.05;

    /// <summary>A single fact seldom has more content words; a longer claim states several, and is no less supported for that.</summary>
    private const int WordsOfAFact = 5;

    private const double Neighbours = 1.0 / 3;
    private const double Decay = 2;
    private const int Reach = 12;

    /// <summary>Of each claim, how far the other candidates support it.</summary>
    /// <param name="claims">All claims of one candidate, in its order.</param>
    /// <param name="others">What the other candidates wrote, in any order: the result is the same to the last bit.</param>
    /// <param name="weights">How much each word tells.</param>
    /// <returns>One number above 0 and at most 1 a claim; <c>null</c> when there is no other candidate: nothing is known, which is not "unsupported".</returns>
    public static double[]? Of(IReadOnlyList<string> claims, IReadOnlyList<string> others, WordWeights weights)
    {
        ArgumentNullException.ThrowIfNull(claims);
        ArgumentNullException.ThrowIfNull(others);
        ArgumentNullException.ThrowIfNull(weights);
        if (others.Count == 0)
        {
            return null;
        }

        ReferenceText[] texts = [.. others.Order(StringComparer.Ordinal).Select(static other => new ReferenceText(other))];
        ClaimWords[] words = [.. claims.Select(claim => new ClaimWords(claim, weights))];
        var matches = Array.ConvertAll(words, claim => Array.ConvertAll(texts, text => ClaimMatcher.Match(claim, text)));
        var coverage = Coverage(words, matches);
        var most = coverage.Max();
        var voice = Array.ConvertAll(coverage, share => (share + Floor) / (most + Floor));
        var prior = Math.Clamp(Mean(coverage, voice), Floor, 1 - Floor);
        double[] surprise = [.. words.Select((claim, i) => Surprise(claim, matches[i], voice, prior))];
        return [.. surprise.Select((_, i) => Math.Exp(-Smoothed(surprise, i)))];
    }

    /// <summary>The share of all the claims' words that each text has.</summary>
    private static double[] Coverage(ClaimWords[] claims, ClaimMatch[][] matches)
    {
        var total = claims.Sum(static claim => claim.TotalWeight);
        return [.. Enumerable.Range(0, matches is [var first, ..] ? first.Length : 0)
            .Select(text => total > 0 ? claims.Select((claim, i) => claim.Weigh(matches[i][text].Words)).Sum() / total : 0)
            .DefaultIfEmpty()];
    }

    private static double Mean(double[] values, double[] weights) => values.Zip(weights, static (value, weight) => value * weight).Sum() / weights.Sum();

    /// <summary>−ln of the support, before the claims around it have their say.</summary>
    private static double Surprise(ClaimWords claim, ClaimMatch[] matches, double[] voice, double prior)
    {
        if (claim.Tokens.Length == 0)
        {
            return -Math.Log(prior);
        }

        var all = voice.Sum();
        var logShares = new double[claim.Tokens.Length];
        for (var word = 0; word < logShares.Length; word++)
        {
            var votes = 0.0;
            for (var text = 0; text < matches.Length; text++)
            {
                votes += voice[text] * matches[text].Words[word];
            }

            logShares[word] = Math.Log((votes + (PriorVotes * prior)) / (all + PriorVotes));
        }

        return -claim.Weigh(logShares) / claim.TotalWeight * Math.Sqrt(Math.Min(WordsOfAFact, logShares.Length));
    }

    private static double Smoothed(double[] surprise, int at)
    {
        var (sum, weights) = (0.0, 0.0);
        for (var i = Math.Max(0, at - Reach); i <= Math.Min(surprise.Length - 1, at + Reach); i++)
        {
            var weight = Math.Exp(-Math.Abs(i - at) / Decay);
            sum += weight * surprise[i];
            weights += weight;
        }

        return ((1 - Neighbours) * surprise[at]) + (Neighbours * sum / weights);
    }
}

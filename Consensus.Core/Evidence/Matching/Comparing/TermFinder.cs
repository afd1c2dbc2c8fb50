using Consensus.Core.Clustering;
using Consensus.Core.Evidence.Matching.Lexicon;
using Consensus.Core.Evidence.Matching.Reading;

namespace Consensus.Core.Evidence.Matching.Comparing;

/// <summary>Finds the terms of a claim in a sentence.</summary>
internal static class TermFinder
{
    private const double Variant = 0.9;

    /// <summary>A word that the passage has used before and the sentence means by "it" or "the firm".</summary>
    private const double NameFromBefore = 0.8;

    private const double WordFromBefore = 0.5;

    /// <summary>Longer sentences are not searched for opposites.</summary>
    private const int MostOpposed = 64;

    public static TermMatch[] Find(ReadClaim claim, Statement sentence, PassageReading passage, int place)
    {
        var found = new TermMatch[claim.Said.Terms.Count];
        var taken = new HashSet<int>();
        for (var i = 0; i < found.Length; i++)
        {
            var term = claim.Said.Terms[i];
            found[i] = term.Quantity is { } quantity ? OfQuantity(quantity, term.IsDenied, claim.Said, sentence, taken) : OfWord(term, sentence, taken);
        }

        var mayOppose = claim.Said.Terms.Count <= MostOpposed && sentence.Terms.Count <= MostOpposed;
        for (var i = 0; i < found.Length; i++)
        {
            var term = claim.Said.Terms[i];
            if (found[i].Strength > 0 || term.Quantity is not null)
            {
                continue;
            }

            if (mayOppose && Opposite(term, claim.Said, sentence) is { } opposite)
            {
                found[i] = opposite;
            }
            else if (!term.IsDense && passage.IsKnownBefore(term, place))
            {
                found[i] = new TermMatch(term.IsName || term.MayBeName ? NameFromBefore : WordFromBefore);
            }
        }

        return found;
    }

    private static TermMatch OfWord(Term term, Statement sentence, HashSet<int> taken)
    {
        var exact = Best(term, sentence.Of(term.Key), sentence, taken) ?? Best(term, sentence.Of(term.Form), sentence, taken)
            ?? (term.MayBeName ? Best(term, sentence.Of(Synonyms.Key(term.Form)), sentence, taken) : null);
        if (exact is { } at)
        {
            taken.Add(at);
            return new TermMatch(1, at);
        }

        // "Danish", "Denmark": names are found by their country too.
        foreach (var place in sentence.Like(term.Form).Concat(term.IsName ? sentence.Names : []))
        {
            var other = sentence.Terms[place];
            if (term.IsName || other.IsName ? NameForms.AreSame(term.Form, other.Form) : Words.AreVariants(term.Form, other.Form) && !Synonyms.AreOpposite(term.Form, other.Form))
            {
                taken.Add(place);
                return new TermMatch(Variant, place);
            }
        }

        return TermMatch.None;
    }

    /// <summary>Of several places one that is denied as the term is, and not taken.</summary>
    private static int? Best(Term term, IReadOnlyList<int> places, Statement sentence, HashSet<int> taken)
    {
        int? best = null;
        var bestRank = -1;
        foreach (var place in places)
        {
            var rank = (taken.Contains(place) ? 0 : 2) + (sentence.Terms[place].IsDenied == term.IsDenied ? 1 : 0);
            if (rank > bestRank)
            {
                (best, bestRank) = (place, rank);
            }
        }

        return best;
    }

    private static TermMatch OfQuantity(Quantity quantity, bool isDenied, Statement claim, Statement sentence, HashSet<int> taken)
    {
        foreach (var place in sentence.QuantitiesLike(quantity).OrderBy(place => sentence.Terms[place].IsDenied != isDenied).ThenBy(taken.Contains))
        {
            var other = sentence.Terms[place].Quantity!;
            if (other.BearsOut(quantity) && CountsTheSame(quantity, other, claim, sentence))
            {
                taken.Add(place);
                return new TermMatch(1, place);
            }
        }

        return TermMatch.None;
    }

    // "3 branches and 40 employees" has not 40 branches.
    private static bool CountsTheSame(Quantity claimed, Quantity said, Statement claim, Statement sentence) =>
        claimed.Nouns.Count == 0 || said.Nouns.Count == 0 || claimed.Nouns.Intersect(said.Nouns).Any()
        || !(claimed.Nouns.Any(noun => sentence.Of(noun).Count > 0) && said.Nouns.Any(noun => claim.Of(noun).Count > 0 || sentence.Quantities.Count > 1));

    private static TermMatch? Opposite(Term term, Statement claim, Statement sentence)
    {
        for (var place = 0; place < sentence.Terms.Count && !term.IsDense && !term.IsName; place++)
        {
            var other = sentence.Terms[place];
            if (other.Quantity is null && !other.IsName && claim.Of(other.Key).Count == 0 && Synonyms.AreOpposite(term.Form, other.Form))
            {
                return new TermMatch(1, place, true);
            }
        }

        return null;
    }
}

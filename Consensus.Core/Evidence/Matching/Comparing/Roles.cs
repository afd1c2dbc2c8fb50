using Consensus.Core.Evidence.Matching.Lexicon;
using Consensus.Core.Evidence.Matching.Reading;

namespace Consensus.Core.Evidence.Matching.Comparing;

/// <summary>Whether a claim and a sentence give two things each other's part: "Alice beat Bob", "Bob beat Alice".</summary>
internal static class Roles
{
    /// <summary>Claims with more terms are not looked at.</summary>
    private const int MostTerms = 24;

    /// <summary>So near to the verb stands what it joins.</summary>
    private const int Reach = 2;

    private static readonly HashSet<string> Symmetric = new(
        "wed meet met merg border play tie equal cooperat collaborat partner differ near adjoin share compet talk".Split(' '), StringComparer.Ordinal);

    private static readonly (string From, string To)[] Ways = [("from", "to"), ("von", "nach"), ("de", "a"), ("из", "в"), ("from", "into"), ("as", "to")];

    /// <summary>The places of the two things and of what stands between them in the claim; <c>null</c> where no parts are swapped.</summary>
    public static (int One, int Between, int Other)? Swapped(ReadClaim claim, Statement sentence, TermMatch[] found)
    {
        var terms = claim.Said.Terms;
        if (terms.Count > MostTerms)
        {
            return null;
        }

        var isWhole = found.All(static match => match.Strength > 0 && match.Place >= 0);
        for (var one = 0; one < terms.Count; one++)
        {
            for (var other = one + 1; other < terms.Count; other++)
            {
                if (Takes(terms[one], found[one], isWhole) && Takes(terms[other], found[other], isWhole)
                    && (Between(terms, one, other, sentence, found) is { } between))
                {
                    return (one, between, other);
                }
            }

            if (BecomesSubject(terms, one, sentence, found))
            {
                return (one, one, one);
            }

            if (BecomesObject(terms, one, sentence, found) is { } verb)
            {
                return (one, verb, one);
            }
        }

        return null;
    }

    /// <summary>
    /// "Lake Sorin feeds the glacier", "Its meltwater feeds Lake Sorin": who does it in the claim is who it is done to, and the other is not named.
    /// </summary>
    private static int? BecomesObject(IReadOnlyList<Term> terms, int one, Statement sentence, TermMatch[] found)
    {
        if (!terms[one].IsName || found[one].Place < 1 || terms[one].Lead.Length > 0 || !terms.Any(static term => term.IsName))
        {
            return null;
        }

        var verb = one + 1;
        while (verb < terms.Count && terms[verb].IsName)
        {
            verb++;
        }

        var isNamedBefore = Enumerable.Range(verb, terms.Count - verb).Any(i => terms[i].IsName && found[i] is { Strength: > 0, Place: < 0 } && terms[i].Lead.Length == 0);
        return isNamedBefore && verb < terms.Count && found[verb].Place >= 0 && found[verb].Place < found[one].Place
            && found[one].Place - found[verb].Place <= Reach
            && sentence.Terms[found[one].Place].Lead.Length == 0 && terms[verb].Quantity is null && terms[one].Clause == terms[verb].Clause
                ? verb
                : null;
    }

    /// <summary>"Dynamics ordered robots from Farms", "Farms ordered robots".</summary>
    private static bool BecomesSubject(IReadOnlyList<Term> terms, int one, Statement sentence, TermMatch[] found)
    {
        if (!terms[one].IsName || found[one].Place < 0 || terms[one].Lead.Length == 0 || Agents.Are(terms[one].Lead) || sentence.Terms[found[one].Place].Lead.Length > 0)
        {
            return false;
        }

        var isNamedBefore = Enumerable.Range(0, one).Any(i => terms[i].IsName && terms[i].Lead.Length == 0 && found[i] is { Strength: > 0, Place: < 0 });
        return isNamedBefore && Enumerable.Range(0, one).Any(i => found[i].Place > found[one].Place && found[i].Place - found[one].Place <= Reach && !terms[i].IsName
            && terms[i].Quantity is null && terms[i].Clause == terms[one].Clause);
    }

    private static bool Takes(Term term, TermMatch match, bool isWhole) => match.Place >= 0 && term.Quantity is null && !term.IsDense && (term.IsName || term.MayBeName || isWhole);

    private static bool IsPart(string lead) => lead.Length == 0 || lead is "than" or "als" || Agents.Are(lead);

    private static bool AreNear(int one, int between, int other) => Math.Abs(one - between) <= Reach && Math.Abs(other - between) <= Reach;

    /// <summary>What leads a name; of "into the river Bole" the word before what it is called.</summary>
    private static string LeadOf(IReadOnlyList<Term> terms, int place) =>
        terms[place] is { IsName: true, Lead.Length: 0 } && place > 0 && terms[place - 1] is { IsName: false, Quantity: null } before && before.Clause == terms[place].Clause
            ? before.Lead
            : terms[place].Lead;

    private static int? Between(IReadOnlyList<Term> terms, int one, int other, Statement sentence, TermMatch[] found)
    {
        var (first, second) = (sentence.Terms[found[one].Place], sentence.Terms[found[other].Place]);
        var lead = LeadOf(sentence.Terms, found[one].Place);
        foreach (var (from, to) in Ways)
        {
            var (leads, its) = ((terms[one].Lead, terms[other].Lead), (first.Lead, second.Lead));
            if ((leads == (from, to) && its == (to, from)) || (leads == (to, from) && its == (from, to)))
            {
                return one;
            }
        }

        var areNames = (terms[one].IsName || terms[one].MayBeName) && (terms[other].IsName || terms[other].MayBeName);
        var turns = Agents.Are(terms[other].Lead) != (Agents.Are(first.Lead) || Agents.Are(second.Lead));
        for (var between = one + 1; between < other; between++)
        {
            var place = found[between].Place;
            if (place < 0 || terms[between].IsName || terms[between].MayBeName || terms[between].Quantity is not null || Symmetric.Contains(terms[between].Key)
                || !((IsPart(terms[other].Lead) && IsPart(first.Lead)) || terms[other].Lead == lead) || !IsPart(second.Lead) || !IsPart(terms[one].Lead)
                || !(areNames || (AreNear(one, between, other) && AreNear(found[one].Place, place, found[other].Place))))
            {
                continue;
            }

            var isKept = found[one].Place < place && place < found[other].Place;
            var isTurned = found[other].Place < place && place < found[one].Place;
            if ((isTurned && !turns && terms[one].Clause == terms[other].Clause && first.Clause == second.Clause)
                || (isKept && turns && (Agents.Are(terms[other].Lead) || Agents.Are(second.Lead))))
            {
                return between;
            }
        }

        return null;
    }
}

using Consensus.Core.Evidence.Matching.Lexicon;
using Consensus.Core.Evidence.Matching.Reading;

namespace Consensus.Core.Evidence.Matching.Comparing;

/// <summary>Finds where a sentence has something else in the place of a claim's number, name or word.</summary>
internal static class Conflicts
{
    private const int LongestRun = 3;

    /// <summary>So many terms of either are held against each other.</summary>
    private const int MostTerms = 256;

    /// <summary>Whether a number of the claim that the sentence lacks has another one in its place.</summary>
    public static bool HasRivalNumber(ReadClaim claim, Statement sentence, TermMatch[] found)
    {
        var taken = found.Where(static match => match.Strength > 0).Select(static match => match.Place).ToHashSet();
        return claim.Said.Quantities.Take(Statement.MostCompared).Any(i => found[i].Strength == 0
            && sentence.Quantities.Take(Statement.MostCompared).Any(place => !taken.Contains(place) && sentence.Terms[place].Quantity!.Rivals(claim.Said.Terms[i].Quantity!)));
    }

    /// <summary>Whether a name of the claim that the sentence lacks has another in its place, or a thing another of its kind.</summary>
    /// <param name="claim">The claim.</param>
    /// <param name="sentence">The sentence.</param>
    /// <param name="found">Where the sentence has the claim's terms.</param>
    /// <returns>The places in the claim that have a rival.</returns>
    public static HashSet<int> RivalNames(ReadClaim claim, Statement sentence, TermMatch[] found)
    {
        HashSet<int> rivals = [];
        var taken = found.Where(static match => match.Strength > 0).Select(static match => match.Place).ToHashSet();
        for (var i = 0; i < found.Length; i++)
        {
            var term = claim.Said.Terms[i];
            if (found[i].Strength > 0 && found[i].Place >= 0 || term.Quantity is not null)
            {
                continue;
            }

            for (var place = 0; place < Math.Min(sentence.Terms.Count, MostTerms) && i < MostTerms; place++)
            {
                var other = sentence.Terms[place];
                var isOtherName = term.IsName && found[i].Strength == 0 && other.IsName && claim.Said.Of(other.Key).Count == 0;
                if (!taken.Contains(place) && other.Quantity is null && (isOtherName || Synonyms.AreAlternatives(term.Key, other.Key)))
                {
                    rivals.Add(i);
                }
            }
        }

        AddRivalsInPlace(claim, sentence, found, taken, rivals);
        return rivals;
    }

    /// <summary>Between the same neighbours the one has one name and the other another; whose capitals may have other reasons.</summary>
    private static void AddRivalsInPlace(ReadClaim claim, Statement sentence, TermMatch[] found, HashSet<int> taken, HashSet<int> rivals)
    {
        for (var i = 0; i < found.Length; i++)
        {
            if (found[i].Strength > 0 && found[i].Place >= 0)
            {
                continue;
            }

            var end = i;
            while (end < found.Length && (found[end].Strength == 0 || found[end].Place < 0))
            {
                end++;
            }

            var before = i == 0 ? -1 : found[i - 1].Place;
            var after = end == found.Length ? sentence.Terms.Count : found[end].Place;
            if (end - i <= LongestRun && after - before - 1 is > 0 and <= LongestRun && MayAllBeNames(claim.Said, i, end) && MayAllBeNames(sentence, before + 1, after)
                && !Enumerable.Range(before + 1, after - before - 1).Any(taken.Contains))
            {
                rivals.UnionWith(Enumerable.Range(i, end - i));
            }

            i = end;
        }
    }

    /// <summary>Whether where the claim has one word the sentence has another, between the same neighbours: it may mean the same, or not.</summary>
    public static bool HasOtherWord(ReadClaim claim, Statement sentence, TermMatch[] found)
    {
        var taken = found.Where(static match => match.Strength > 0).Select(static match => match.Place).ToHashSet();
        for (var i = 0; i < found.Length; i++)
        {
            if (found[i].Strength > 0 || (i > 0 && found[i - 1].Place < 0) || claim.Said.Terms[i].IsDense)
            {
                continue;
            }

            var place = i == 0 ? 0 : found[i - 1].Place + 1;
            var ends = i + 1 == found.Length
                ? place + 1 == sentence.Terms.Count || (place + 1 < sentence.Terms.Count && sentence.Terms[place + 1].Clause != sentence.Terms[place].Clause)
                : found[i + 1].Place == place + 1;
            if (ends && place < sentence.Terms.Count && !taken.Contains(place) && sentence.Terms[place].Quantity is null)
            {
                return true;
            }
        }

        return false;
    }

    private static bool MayAllBeNames(Statement statement, int start, int end)
    {
        for (var i = start; i < end; i++)
        {
            var term = statement.Terms[i];
            if (!term.MayBeName || (!term.IsName && Synonyms.IsKnown(term.Form)))
            {
                return false;
            }
        }

        return true;
    }
}

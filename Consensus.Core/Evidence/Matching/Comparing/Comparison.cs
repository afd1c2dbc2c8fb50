using Consensus.Core.Claims;
using Consensus.Core.Evidence.Matching.Reading;

namespace Consensus.Core.Evidence.Matching.Comparing;

/// <summary>What a sentence says of a claim.</summary>
/// <param name="Label">The label.</param>
/// <param name="Objection">What it says against it.</param>
/// <param name="Coverage">How much of the claim it has, 0 to 1.</param>
internal sealed record Comparison(EvidenceLabel Label, ClaimObjection Objection, double Coverage)
{
    /// <summary>A sentence that has less of a claim does not bear it out.</summary>
    private const double Enough = 0.8;

    /// <summary>The same in scripts without spaces, where a word is several pairs.</summary>
    private const double EnoughDense = 0.85;

    /// <summary>A sentence that has less of a claim's other words cannot contradict it.</summary>
    private const double OnTopic = 0.65;

    /// <summary>A sentence that has less raises no doubt either.</summary>
    public const double Doubtful = 0.5;

    /// <summary>So much of the claim the sentence must have itself, not know from before.</summary>
    private const double Here = 0.4;

    /// <summary>The same of a claim's other words, for a contradiction.</summary>
    private const double OthersHere = 0.2;

    /// <summary>A claim with a word more, behind a preposition, says more: then the rest must be there nearly whole.</summary>
    private const double EnoughOfMore = 0.9;

    /// <summary>So much of what is shared has to be denied by one of the two only.</summary>
    private const double Denied = 0.1;

    /// <summary>So many words stand before a subject's number at most: "bus line 12".</summary>
    private const int LongestSubject = 2;

    public static Comparison Of(ReadClaim claim, Statement sentence, PassageReading passage, int place)
    {
        var found = TermFinder.Find(claim, sentence, passage, place);
        var coverage = Math.Min(1, Share(claim, found, static _ => true));
        var rivalNumber = Conflicts.HasRivalNumber(claim, sentence, found);
        var rivals = Conflicts.RivalNames(claim, sentence, found);
        var rivalName = rivals.Count > 0;
        var (denied, isVague) = Denial(claim, sentence, found);
        var swap = Roles.Swapped(claim, sentence, found);
        if (swap is { } roles && found[roles.Between].IsOpposite)
        {
            // "A is larger than B", "B is smaller than A".
            (swap, denied) = (null, false);
        }

        var inSentence = Array.ConvertAll(found, static match => match.Place < 0 ? TermMatch.None : match);
        var lacksNumber = claim.Said.Quantities.Any(i => found[i].Strength == 0);
        var lacksName = Enumerable.Range(0, found.Length).Any(i => claim.Said.Terms[i].IsName && found[i].Strength == 0);
        var objection = rivalNumber ? ClaimObjection.Number
            : rivalName || swap is not null ? ClaimObjection.Name
            : denied ? ClaimObjection.Negation
            : ClaimObjection.None;
        bool IsOther(int i) => !(rivalNumber && claim.Said.Terms[i].Quantity is not null && found[i].Strength == 0) && !rivals.Contains(i);
        var others = Share(claim, found, IsOther);
        if (objection != ClaimObjection.None)
        {
            // Two things at once that differ: it speaks of something else.
            var isOne = (rivalNumber ? 1 : 0) + (rivalName ? 1 : 0) + (denied ? 1 : 0) == 1 || swap is not null;
            var isSure = isOne && others >= OnTopic && Share(claim, inSentence, IsOther) >= OthersHere
                && !(lacksNumber && !rivalNumber) && !(lacksName && !rivalName) && !(rivalNumber && LacksSeveral(claim, sentence, found));
            var label = isSure ? EvidenceLabel.Contradicted : EvidenceLabel.NotEnough;
            return new Comparison(label, others >= Doubtful ? objection : ClaimObjection.None, coverage);
        }

        var enough = claim.Said.Terms.Any(static term => term.IsDense) ? EnoughDense
            : Enumerable.Range(0, found.Length).Any(i => found[i].Strength == 0 && claim.Said.Terms[i].Lead.Length > 0) ? EnoughOfMore
            : Enough;
        var isBorneOut = coverage >= enough && Share(claim, inSentence, static _ => true) >= Here
            && !lacksNumber && !lacksName && !isVague && !IsHedged(claim, sentence, found)
            && !Conflicts.HasOtherWord(claim, sentence, found);
        return new Comparison(isBorneOut ? EvidenceLabel.Supported : EvidenceLabel.NotEnough, ClaimObjection.None, coverage);
    }

    // Of another year another figure is no other figure, nor is that of "Station 37" one of "Station 0".
    private static bool LacksSeveral(ReadClaim claim, Statement sentence, TermMatch[] found)
    {
        int[] lacking = [.. claim.Said.Quantities.Where(i => found[i].Strength == 0)];
        var figures = lacking.Count(i => claim.Said.Terms[i].Quantity!.Dimension is not ("year" or "month" or "day"));
        return figures < lacking.Length
            ? figures > 0 && Array.Exists(lacking, i => claim.Said.Terms[i].Quantity!.Dimension == "year")
            : figures > 1 && IsOfSubject(claim.Said.Terms, lacking[0]) && found[lacking[0] - 1].Place is >= 0 and var subject
                && IsOfSubject(sentence.Terms, subject + 1);
    }

    /// <summary>Whether a number tells which one the statement is about: it stands right behind the first words, before anything is said of them.</summary>
    private static bool IsOfSubject(IReadOnlyList<Term> terms, int number) =>
        number is > 0 and <= LongestSubject && number < terms.Count && terms[number] is { Lead.Length: 0, Quantity.Dimension: "count" }
        && !terms.Take(number).Any(static term => term.Lead.Length > 0 || term.Quantity is not null || term.Clause > 0);

    private static double Share(ReadClaim claim, TermMatch[] found, Func<int, bool> counts)
    {
        var (have, all) = (0.0, 0.0);
        for (var i = 0; i < found.Length; i++)
        {
            if (counts(i))
            {
                have += claim.Weights[i] * found[i].Strength;
                all += claim.Weights[i];
            }
        }

        return all > 0 ? have / all : 0;
    }

    /// <summary>Whether one denies what the other affirms; and whether the sentence denies the opposite, which says little.</summary>
    private static (bool IsDenied, bool IsVague) Denial(ReadClaim claim, Statement sentence, TermMatch[] found)
    {
        var (differs, shared, isVague) = (0.0, 0.0, false);
        for (var i = 0; i < found.Length; i++)
        {
            if (found[i].Place < 0)
            {
                continue;
            }

            var (mine, its) = (claim.Said.Terms[i], sentence.Terms[found[i].Place]);
            shared += claim.Weights[i];
            isVague |= found[i].IsOpposite && its.IsDenied && !mine.IsDenied;
            differs += (mine.IsDenied ^ its.IsDenied ^ found[i].IsOpposite) && (mine.IsInDenial ^ its.IsInDenial ^ found[i].IsOpposite) ? claim.Weights[i] : 0;
        }

        return (differs > Denied * shared, isVague);
    }

    private static bool IsHedged(ReadClaim claim, Statement sentence, TermMatch[] found)
    {
        var (hedged, shared) = (0.0, 0.0);
        for (var i = 0; i < found.Length; i++)
        {
            if (found[i].Place >= 0)
            {
                shared += claim.Weights[i];
                hedged += sentence.Terms[found[i].Place].IsHedged && !claim.Said.Terms[i].IsHedged ? claim.Weights[i] : 0;
            }
        }

        return hedged > Denied * shared;
    }
}

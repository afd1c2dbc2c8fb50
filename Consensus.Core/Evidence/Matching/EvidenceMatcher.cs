using Consensus.Core.Claims;
using Consensus.Core.Evidence.Matching.Comparing;
using Consensus.Core.Evidence.Matching.Reading;

namespace Consensus.Core.Evidence.Matching;

/// <summary>Holds a claim against passages by its words: what of it a sentence has, and what it says otherwise. No model is asked.</summary>
/// <remarks>docs/evidence-matching.md has the definitions and the measured figures.</remarks>
public static class EvidenceMatcher
{
    /// <summary>Of a long passage so many sentences are looked at, those that share most words with the claim.</summary>
    private const int MostSentences = 24;

    /// <summary>Of a very long claim fewer: the work stays in proportion to the texts.</summary>
    private const int MostTerms = 20_000;

    /// <summary>Claims with more terms are no single statements.</summary>
    private const int LongClaim = 512;

    private const int MostQuotes = 256;

    /// <summary>Changes with any change of behaviour.</summary>
    public static string Version => "words@2";

    /// <summary>What passages say of a claim.</summary>
    /// <param name="claim">One statement.</param>
    /// <param name="passages">The passages; their order changes nothing but the numbers of the places.</param>
    /// <param name="weights">How much each word tells.</param>
    /// <returns>Supported where a place bears the claim out, else contradicted where one contradicts it. A claim without words is neither.</returns>
    public static ClaimEvidence Match(string claim, IReadOnlyList<ReferenceText> passages, WordWeights weights)
    {
        ArgumentNullException.ThrowIfNull(claim);
        ArgumentNullException.ThrowIfNull(passages);
        ArgumentNullException.ThrowIfNull(weights);
        var read = new ReadClaim(claim, weights);
        var places = passages.SelectMany((passage, number) => Places(read, passage, number)).OrderBy(static place => place.Label switch
        {
            EvidenceLabel.Supported => 0,
            EvidenceLabel.Contradicted => 1,
            _ => 2,
        }).ThenByDescending(static place => place.Coverage).ThenBy(static place => place.Objection == ClaimObjection.None).ThenBy(static place => place.Passage).ToArray();
        if (places.Length == 0)
        {
            return new ClaimEvidence(EvidenceLabel.NotEnough, ClaimObjection.None, 0, []);
        }

        var best = places[0];
        var objection = best.Label != EvidenceLabel.NotEnough ? best.Objection
            : places.FirstOrDefault(static place => place.Objection != ClaimObjection.None)?.Objection ?? ClaimObjection.None;
        return new ClaimEvidence(
            best.Label, objection, best.Coverage,
            [.. places.Where(static place => place.Label != EvidenceLabel.NotEnough || place.Objection != ClaimObjection.None)]);
    }

    /// <summary>The label that stands when a judge was asked as well: what the words object to no judge makes supported.</summary>
    /// <param name="lexical">What the words say.</param>
    /// <param name="judged">What the judge says.</param>
    /// <returns>
    /// The judge's label, except: contradicted where the words are sure of that and the judge does not say so; not enough where the judge says supported and
    /// the
    /// words raise a doubt.
    /// </returns>
    public static EvidenceLabel Overrule(ClaimEvidence lexical, EvidenceLabel judged)
    {
        ArgumentNullException.ThrowIfNull(lexical);
        return lexical.Label == EvidenceLabel.Contradicted ? EvidenceLabel.Contradicted
            : judged == EvidenceLabel.Supported && lexical.Objection != ClaimObjection.None ? EvidenceLabel.NotEnough
            : judged;
    }

    /// <summary>A sentence far shorter than a long claim cannot bear it out.</summary>
    private static bool IsComparable(ReadClaim claim, Statement sentence) => claim.Said.Terms.Count <= LongClaim || sentence.Terms.Count >= claim.Said.Terms.Count / 4;

    private static IEnumerable<PassageEvidence> Places(ReadClaim claim, ReferenceText passage, int number)
    {
        if (Quoted(claim.Text, passage) is { } quoted)
        {
            yield return new PassageEvidence(number, EvidenceLabel.Supported, ClaimObjection.None, 1, quoted.Start.Value, quoted.End.Value);
            yield break;
        }

        if (claim.Said.Terms.Count == 0)
        {
            yield break;
        }

        var most = Math.Clamp(MostTerms / claim.Said.Terms.Count, 1, MostSentences);
        var compared = passage.Reading.Nearest(claim.Said, most).Where(i => IsComparable(claim, passage.Reading.Sentences[i]))
            .Select(i => (Place: i, Said: Comparison.Of(claim, passage.Reading.Sentences[i], passage.Reading, i))).ToArray();
        var isSettled = false;
        foreach (var (place, said) in compared)
        {
            isSettled |= said.Label != EvidenceLabel.NotEnough;
            if (said.Coverage > 0)
            {
                var span = passage.InSentences[place].Span;
                yield return new PassageEvidence(number, said.Label, said.Objection, said.Coverage, span.Start.Value, span.End.Value);
            }
        }

        // A claim that joins what two sentences say.
        for (var i = 0; i + 1 < compared.Length && !isSettled; i++)
        {
            if (compared[i + 1].Place == compared[i].Place + 1 && Math.Min(compared[i].Said.Coverage, compared[i + 1].Said.Coverage) > 0
                && Joined(claim, passage, compared[i].Place) is { Label: EvidenceLabel.Supported } said)
            {
                var (first, second) = (passage.InSentences[compared[i].Place].Span, passage.InSentences[compared[i + 1].Place].Span);
                yield return new PassageEvidence(number, said.Label, said.Objection, said.Coverage, first.Start.Value, second.End.Value);
            }
        }
    }

    private static Comparison Joined(ReadClaim claim, ReferenceText passage, int place) =>
        Comparison.Of(claim, passage.Reading.Sentences[place].Join(passage.Reading.Sentences[place + 1]), passage.Reading, place);

    /// <summary>Where whole sentences of the passage are the claim, word for word.</summary>
    private static Range? Quoted(string claim, ReferenceText passage)
    {
        if (!claim.Any(char.IsLetterOrDigit))
        {
            return null;
        }

        // Few places are compared in full: of a text that repeats itself the first ones tell.
        var ends = passage.InSentences.Select(static sentence => sentence.Span.End.Value).ToHashSet();
        foreach (var start in passage.InSentences.Select(static sentence => sentence.Span.Start.Value)
            .Where(start => ends.Contains(start + claim.Length) && passage.Text[start] == claim[0]).Take(MostQuotes))
        {
            if (string.CompareOrdinal(passage.Text, start, claim, 0, claim.Length) == 0)
            {
                return start..(start + claim.Length);
            }
        }

        return null;
    }
}

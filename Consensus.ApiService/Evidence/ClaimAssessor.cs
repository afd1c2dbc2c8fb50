using Consensus.Contracts.Evidence;
using Consensus.Core.Claims;
using Consensus.Core.Evidence.Citations;
using Consensus.Core.Evidence.Matching;
using EvidenceLabel = Consensus.Contracts.Evidence.EvidenceLabel;
using LexicalLabel = Consensus.Core.Evidence.Matching.EvidenceLabel;

namespace Consensus.ApiService.Evidence;

/// <summary>Holds an answer's claims against passages and against what others answered.</summary>
internal static class ClaimAssessor
{
    /// <summary>So many places are named of a claim; the first are the best.</summary>
    private const int MostPlaces = 3;

    /// <summary>Splits a text into its claims and matches each with the passages, by words.</summary>
    /// <param name="answer">The text as its author wrote it, with marks such as <c>[1]</c>.</param>
    /// <param name="passages">The passages.</param>
    public static MatchedAnswer Match(string answer, PassageSet passages)
    {
        var cited = CitationMarks.Read(answer, passages.MostCited);
        var claims = ClaimSplitter.Split(cited.Text);
        var marks = CitationMarks.OfClaims(claims, cited.Marks);
        return new MatchedAnswer(cited.Text, [.. claims.Select((claim, i) => new MatchedClaim(
            claim, passages.MostCited > 0 ? marks[i] : [], claim.IsCheckable ? EvidenceMatcher.Match(claim.Text, passages.Texts, passages.Weights) : null))]);
    }

    /// <summary>Labels the claims, and says who else makes them.</summary>
    /// <param name="answer">The matched answer.</param>
    /// <param name="passages">The passages.</param>
    /// <param name="voices">What others answered; the author's own answer may be among them.</param>
    /// <param name="author">Whose answer it is, as far as the support by the others goes; <c>null</c>: none of the voices'.</param>
    public static Assessment Assess(MatchedAnswer answer, PassageSet passages, IReadOnlyList<Voice> voices, Voice? author = null)
    {
        var texts = voices.Select(static voice => new ReferenceText(voice.Text)).ToArray();
        var checkable = answer.Claims.Where(static claim => claim.Lexical is not null).ToArray();
        var support = PanelSupport.Of(
            [.. checkable.Select(static claim => claim.Claim.Text)], [.. voices.Where(voice => !ReferenceEquals(voice, author)).Select(static voice => voice.Text)], passages.Weights);
        var supportOf = checkable.Select((claim, i) => (claim, support?[i])).ToDictionary(static pair => pair.claim, static pair => pair.Item2);
        EvidenceClaim[] claims = [.. answer.Claims.Select((claim, id) => claim.Lexical is null
            ? Unchecked(claim, id)
            : Labelled(claim, id, passages) with
            {
                SupportingModels = Saying(claim, LexicalLabel.Supported, voices, texts, passages),
                ContradictingModels = Saying(claim, LexicalLabel.Contradicted, voices, texts, passages),
                PanelSupport = supportOf[claim],
            })];
        return new Assessment(answer.Text, claims, Figures(checkable, passages));
    }

    /// <summary>How well a matched answer is borne out.</summary>
    public static EvidenceFigures Figures(MatchedAnswer answer, PassageSet passages) =>
        Figures([.. answer.Claims.Where(static claim => claim.Lexical is not null)], passages);

    private static EvidenceFigures Figures(MatchedClaim[] claims, PassageSet passages)
    {
        var scores = CitationScores.Of([.. claims.Select(static claim => claim.Marks)], passages.MostCited, (i, numbers) => IsBorneOut(claims[i], numbers, passages));
        int Count(LexicalLabel label) => claims.Count(claim => claim.Label == label);
        return new EvidenceFigures
        {
            Claims = claims.Length,
            Supported = Count(LexicalLabel.Supported),
            Contradicted = Count(LexicalLabel.Contradicted),
            NotEnough = Count(LexicalLabel.NotEnough),
            HallucinationRate = claims.Length == 0 ? null : 1 - ((double)Count(LexicalLabel.Supported) / claims.Length),
            CitationRecall = scores.Recall,
            CitationPrecision = scores.Precision,
        };
    }

    /// <summary>Whether passages bear a claim out: by words, or because the judge rests its label on one of them.</summary>
    private static bool IsBorneOut(MatchedClaim claim, IReadOnlyList<int> numbers, PassageSet passages)
    {
        int[] places = [.. numbers.SelectMany(passages.Cited)];
        return places.Length > 0 && ((claim.Label == LexicalLabel.Supported && claim.Judged?.Passages.Intersect(places).Any() == true)
            || EvidenceMatcher.Match(claim.Claim.Text, [.. places.Select(place => passages.Texts[place])], passages.Weights).Label == LexicalLabel.Supported);
    }

    private static EvidenceClaim Unchecked(MatchedClaim claim, int id) =>
        new() { Id = id, Text = claim.Claim.Text, Start = claim.Claim.Start, End = claim.Claim.End, Checkable = false };

    private static EvidenceClaim Labelled(MatchedClaim claim, int id, PassageSet passages) => new()
    {
        Id = id,
        Text = claim.Claim.Text,
        Start = claim.Claim.Start,
        End = claim.Claim.End,
        Checkable = true,
        Label = Wire(claim.Label!.Value),
        Objection = claim.Lexical!.Objection == ClaimObjection.None ? null : claim.Lexical.Objection.ToString().ToLowerInvariant(),
        Coverage = claim.Lexical.Coverage,
        Rationale = claim.Judged?.Rationale,
        Citations = Citations(claim, passages),
    };

    private static EvidenceCitation[] Citations(MatchedClaim claim, PassageSet passages)
    {
        var cited = claim.Marks.SelectMany(passages.Cited).Distinct().ToArray();
        var found = claim.Lexical!.Places.Take(MostPlaces).ToList();
        foreach (var place in (claim.Judged?.Passages ?? []).Concat(cited).Distinct().Where(place => found.TrueForAll(known => known.Passage != place)))
        {
            // A passage that was named by the author or the judge: where in it comes nearest to the claim.
            var nearest = EvidenceMatcher.Match(claim.Claim.Text, [passages.Texts[place]], passages.Weights).Places;
            found.Add(nearest is [var best, ..] ? best with { Passage = place } : new PassageEvidence(place, LexicalLabel.NotEnough, ClaimObjection.None, 0, 0, passages.Texts[place].Text.Length));
        }

        return [.. found.Select(place => new EvidenceCitation
        {
            Passage = place.Passage + 1,
            Start = place.Start,
            End = place.End,
            Quote = passages.Texts[place.Passage].Text[place.Start..place.End],
            Label = Wire(claim.Judged?.Passages.Contains(place.Passage) == true ? claim.Label!.Value : place.Label),
            By = !cited.Contains(place.Passage) ? CitationSource.Matching : place.Label == LexicalLabel.NotEnough ? CitationSource.Answer : CitationSource.Both,
        })];
    }

    private static string[] Saying(MatchedClaim claim, LexicalLabel label, IReadOnlyList<Voice> voices, ReferenceText[] texts, PassageSet passages) =>
    [
        .. voices.Where((_, i) => EvidenceMatcher.Match(claim.Claim.Text, [texts[i]], passages.Weights).Label == label)
            .Select(static voice => voice.Model).Distinct(StringComparer.Ordinal),
    ];

    private static EvidenceLabel Wire(LexicalLabel label) => label switch
    {
        LexicalLabel.Supported => EvidenceLabel.Supported,
        LexicalLabel.Contradicted => EvidenceLabel.Contradicted,
        _ => EvidenceLabel.NotEnough,
    };
}

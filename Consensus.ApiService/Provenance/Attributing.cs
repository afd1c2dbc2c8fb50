using Consensus.Contracts;
using Consensus.Contracts.Evidence;
using Consensus.Contracts.Provenance;
using Consensus.Contracts.Runs;
using Consensus.Core.Claims;
using Consensus.Core.Provenance;

namespace Consensus.ApiService.Provenance;

/// <summary>From a stored run, and its evidence record, to what its answer rests on. Nothing of it is stored: it follows from the texts.</summary>
internal static class Attributing
{
    /// <summary>What the answer rests on, or why that cannot be told.</summary>
    public static (Contracts.Provenance.AnswerAttribution? Attribution, NoAttribution? Reason) Of(ConsensusResponse run, EvidenceRecord? evidence)
    {
        if (run.Answer is not { } answer)
        {
            // At `none` an answer was decided and is not there to be shown.
            var isKept = run.Outcome is not (Outcome.Consensus or Outcome.Plurality)
                || (run.Candidates ?? []).Any(static candidate => candidate.Text is not null);
            return (null, isKept ? NoAttribution.NoAnswer : NoAttribution.ContentNotStored);
        }

        var winner = run.Clusters is [var leader, ..] ? leader : null;
        var text = answer.Kind == AnswerKindName.Text ? answer.Text : evidence?.CheckedText;
        var attribution = new Contracts.Provenance.AnswerAttribution
        {
            Answer = answer, Candidates = winner?.Candidates ?? [], Models = winner?.Models ?? [], Text = text,
        };
        return (text is null ? attribution : Sentences(attribution, text, run, winner, evidence), null);
    }

    private static Contracts.Provenance.AnswerAttribution Sentences(
        Contracts.Provenance.AnswerAttribution attribution, string text, ConsensusResponse run, ClusterBody? winner, EvidenceRecord? evidence)
    {
        // Those that won come first: should there be more than is looked through, it is others that are left out.
        AttributionSource[] candidates =
        [
            .. (run.Candidates ?? []).Where(static candidate => candidate.Text is not null)
                .OrderBy(candidate => winner?.Candidates.Contains(candidate.Id) == true ? 0 : 1)
                .Select(static candidate => Source(candidate.Id, candidate.Text!)),
        ];
        AttributionSource[] passages =
        [
            .. (evidence?.Passages ?? []).Where(static passage => passage.Text is not null).Select(static passage => Source(passage.Number, passage.Text!)),
        ];
        var cut = Cut(text);
        var (saying, isEveryCandidate) = Within(candidates);
        var (showing, isEveryPassage) = Within(passages);
        var said = Core.Provenance.AnswerAttribution.Of(cut, saying);
        var shown = Core.Provenance.AnswerAttribution.Of(cut, showing);
        return attribution with
        {
            Sentences =
            [
                .. said.Zip(shown, static (by, from) => new Contracts.Provenance.AttributedSentence(
                    by.Start, by.End,
                    [.. by.Sources.Select(static one => new CandidateSource(Number(one), Math.Round(one.Support, Digits), one.Start, one.End))],
                    [.. from.Sources.Select(static one => new PassageSource(Number(one), Math.Round(one.Support, Digits), one.Start, one.End))])),
            ],
            IsWhole = cut.Length == text.Length && isEveryCandidate && isEveryPassage,
        };
    }

    private const int Digits = 6;

    private static (AttributionSource[] Sources, bool IsAll) Within(AttributionSource[] sources)
    {
        var left = Limits.AttributionSourceCharacters;
        AttributionSource[] kept = [.. sources.TakeWhile(source => (left -= source.Text.Length) >= 0)];
        return (kept, kept.Length == sources.Length);
    }

    /// <summary>The beginning of a text; no character is cut in two.</summary>
    private static string Cut(string text)
    {
        const int most = Limits.AttributedCharacters;
        var cut = text.Length <= most ? text : text[..(char.IsHighSurrogate(text[most - 1]) ? most - 1 : most)];
        var sentences = ClaimSplitter.Split(cut);
        return sentences.Count <= Limits.AttributedSentences ? cut : cut[..sentences[Limits.AttributedSentences - 1].End];
    }

    private static AttributionSource Source(int number, string text) => new(number.ToString(System.Globalization.CultureInfo.InvariantCulture), text);

    private static int Number(Attribution found) => int.Parse(found.Source, System.Globalization.CultureInfo.InvariantCulture);
}

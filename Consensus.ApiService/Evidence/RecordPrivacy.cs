using Consensus.Contracts.Evidence;
using Consensus.Core.Privacy;
using Consensus.Storage.Runs;

namespace Consensus.ApiService.Evidence;

/// <summary>What of an evidence record may be stored at a privacy level.</summary>
internal static class RecordPrivacy
{
    /// <summary>The record as it may be stored. Where texts are changed, places in them are moved along.</summary>
    public static EvidenceRecord Apply(EvidenceRecord record, RunContent level) => level switch
    {
        RunContent.Full => record,
        RunContent.None => Without(record),
        _ => Redacted(record),
    };

    private static EvidenceRecord Without(EvidenceRecord record) => record with
    {
        Question = null,
        Text = null,
        CheckedText = null,
        Claims = [.. record.Claims.Select(static claim => claim with
        {
            Text = null,
            Rationale = null,
            Citations = [.. claim.Citations.Select(static citation => citation with { Quote = null })],
            SupportingModels = Redacted(claim.SupportingModels),
            ContradictingModels = Redacted(claim.ContradictingModels),
        })],
        Passages = [.. record.Passages.Select(static passage => passage with { Text = null, Title = null, Source = null, Licence = null })],
    };

    private static EvidenceRecord Redacted(EvidenceRecord record)
    {
        var text = SpanRedaction.Of(record.CheckedText ?? "", [.. record.Claims.Select(static claim => (claim.Start, claim.End))]);
        var passages = record.Passages.Select(passage => SpanRedaction.Of(passage.Text ?? "", Places(record, passage.Number))).ToArray();
        return record with
        {
            Question = Redacted(record.Question),
            Text = Redacted(record.Text),
            CheckedText = record.CheckedText is null ? null : text.Text,
            Claims = [.. record.Claims.Select(claim => Moved(claim, text) with
            {
                Rationale = Redacted(claim.Rationale),
                Citations = [.. claim.Citations.Select(citation => Moved(citation, passages[citation.Passage - 1]))],
                SupportingModels = Redacted(claim.SupportingModels),
                ContradictingModels = Redacted(claim.ContradictingModels),
            })],
            Passages = [.. record.Passages.Select((passage, i) => passage with
            {
                Text = passage.Text is null ? null : passages[i].Text,
                Title = Redacted(passage.Title),
                Source = Redacted(passage.Source),
                Licence = Redacted(passage.Licence),
            })],
        };
    }

    private static (int, int)[] Places(EvidenceRecord record, int passage) =>
    [
        .. record.Claims.SelectMany(static claim => claim.Citations).Where(citation => citation.Passage == passage)
            .Select(static citation => (citation.Start, citation.End)).Distinct(),
    ];

    /// <summary>A claim says what the text says at its place, as a quote does: by itself it could hold one half of what is found in the whole alone.</summary>
    private static EvidenceClaim Moved(EvidenceClaim claim, SpanRedaction text)
    {
        var (start, end) = text.Moved(claim.Start, claim.End);
        return claim with { Start = start, End = end, Text = claim.Text is null ? null : text.Text[start..end] };
    }

    private static EvidenceCitation Moved(EvidenceCitation citation, SpanRedaction passage)
    {
        var (start, end) = passage.Moved(citation.Start, citation.End);
        return citation with { Start = start, End = end, Quote = citation.Quote is null ? null : passage.Text[start..end] };
    }

    /// <summary>Who is named is the caller's to say, so it may be anything.</summary>
    private static string[] Redacted(IReadOnlyList<string> models) => [.. models.Select(Redactor.Redact)];

    private static string? Redacted(string? text) => text is null ? null : Redactor.Redact(text);
}

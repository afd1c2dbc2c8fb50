using Consensus.Storage.Runs.Fields;

namespace Consensus.Storage.Fitting.Proposals;

/// <summary>The columns of <c>calibration_proposals</c>.</summary>
internal static class ProposalFields
{
    public static IReadOnlyList<StoredField> All { get; } =
    [
        new("seq", FieldClass.Number, "The order of the proposals."),
        new("proposal_id", FieldClass.Identifier, "The proposal's id."),
        new("proposed_at", FieldClass.Number, "When it was fitted."),
        new("version", FieldClass.Identifier, "The proposed document's own hash."),
        new("adopted", FieldClass.Number, "1 when it came in force."),
        new("label_seq", FieldClass.Number, "The greatest `labels.seq` that it knew."),
        new("data_sha256", FieldClass.Identifier, "The hash of the labelled votes."),
        new("report", FieldClass.Identifier, "JSON: the gains by panel, of names of models and numbers."),
        new("document", FieldClass.Identifier, "JSON: the document, of models, categories and numbers; no question and no answer."),
    ];
}

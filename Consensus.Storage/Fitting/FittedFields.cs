using Consensus.Storage.Runs.Fields;

namespace Consensus.Storage.Fitting;

/// <summary>The columns of <c>fitted_documents</c>.</summary>
internal static class FittedFields
{
    public static IReadOnlyList<StoredField> All { get; } =
    [
        new("seq", FieldClass.Number, "The order in which documents came in force; the greatest is in force."),
        new("version", FieldClass.Identifier, "The document's own hash; one that came in force again stands here again."),
        new("fitted_at", FieldClass.Number, "When it was fitted."),
        new("put_at", FieldClass.Number, "When it came in force."),
        new("key_id", FieldClass.Identifier, "The key that put it there; null without one, and for the file of the configuration."),
        new("document", FieldClass.Identifier, "JSON: the document, of models, categories and numbers; no question and no answer."),
    ];
}

using Consensus.Storage.Runs.Fields;

namespace Consensus.Storage.Labels;

/// <summary>The columns of <c>labels</c>.</summary>
internal static class LabelFields
{
    public static IReadOnlyList<StoredField> All { get; } =
    [
        new("seq", FieldClass.Number, "The order of the labels; of one run the greatest holds."),
        StoredFields.RunSeq,
        new("labelled_at", FieldClass.Number, "When it was said."),
        new("key_id", FieldClass.Identifier, "The key that said it; null without one."),
        new("answer_right", FieldClass.Number, "1 when the run's answer is right, 0 when it is wrong; null when the run has none."),
        new("right_cluster", FieldClass.Number, "The `cluster_id` that is right, -1 when none is; null when it is not known which."),
        new("gold", FieldClass.Content, "The right answer, where it was given."),
    ];
}

using Consensus.Storage.Runs.Fields;

namespace Consensus.Storage.Scoring.Configuration;

/// <summary>The columns of <c>scoring_configs</c> and <c>scoring_rubrics</c>.</summary>
internal static class ScoringConfigFields
{
    public static IReadOnlyList<StoredField> Configs { get; } =
    [
        new("seq", FieldClass.Number, "The order in which configurations came in force; the greatest is in force."),
        new("version", FieldClass.Identifier, "The configuration's hash; one that came in force again stands here again."),
        new("put_at", FieldClass.Number, "When it came in force."),
        new("source", FieldClass.Identifier, "`default`, `file` or `api`."),
        new("key_id", FieldClass.Identifier, "The key that put it there; null without one."),
        new("document", FieldClass.Identifier, "JSON: the configuration as the operator wrote it, of rubrics, models and numbers; no question and no answer."),
    ];

    public static IReadOnlyList<StoredField> Rubrics { get; } =
    [
        new("name", FieldClass.Identifier, "The rubric's name."),
        new("version", FieldClass.Number, "The rubric's version."),
        new("sha256", FieldClass.Identifier, "The hash of its content."),
    ];
}

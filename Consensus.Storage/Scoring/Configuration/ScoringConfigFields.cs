using Consensus.Storage.Runs.Fields;

namespace Consensus.Storage.Scoring.Configuration;

/// <summary>The columns of <c>scoring_configs</c> and <c>scoring_rubrics</c>.</summary>
internal static class ScoringConfigFields
{
    public static IReadOnlyList<StoredField> Configs { get; } =
        Documents.Versioned.DocumentTable.Fields("JSON: the configuration as the operator wrote it, of rubrics, models and numbers; no question and no answer.");

    public static IReadOnlyList<StoredField> Rubrics { get; } =
    [
        new("name", FieldClass.Identifier, "The rubric's name."),
        new("version", FieldClass.Number, "The rubric's version."),
        new("sha256", FieldClass.Identifier, "The hash of its content."),
    ];
}

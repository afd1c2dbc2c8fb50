using Consensus.Storage.Runs.Fields;

namespace Consensus.Storage.Benchmarks;

/// <summary>The columns of <c>benchmarks</c>.</summary>
internal static class BenchmarkFields
{
    public static IReadOnlyList<StoredField> All { get; } =
    [
        new("seq", FieldClass.Number, "The order in which results were published."),
        new("benchmark_id", FieldClass.Identifier, "The result's id."),
        new("sha256", FieldClass.Identifier, "The hash of its content; the same content is stored once."),
        new("published_at", FieldClass.Number, "When it was published."),
        new("key_id", FieldClass.Identifier, "The key that published it; null without one."),
        new("suite", FieldClass.Identifier, "The suite's name."),
        new("strategy", FieldClass.Identifier, "The strategy."),
        new("figures", FieldClass.Identifier, "JSON: the result without its questions, of names of models and categories and numbers."),
        new("questions", FieldClass.Identifier, "JSON: per question its id, its category and numbers; no question and no answer."),
    ];
}

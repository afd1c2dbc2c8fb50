using Consensus.Contracts.Json;
using Consensus.Contracts.Runs;

namespace Consensus.Storage.Runs.Fields;

/// <summary>The columns of <c>clusters</c>.</summary>
internal static class ClusterFields
{
    public static IReadOnlyList<StoredField<Placed<ClusterBody>>> All { get; } =
    [
        new("position", FieldClass.Number, "The place in the run's list, from 0.", c => c.Position),
        Of(FieldClass.Number, "cluster_id", "The cluster's rank, from 0: the leader.", c => c.Id),
        Of(FieldClass.Number, "size", "How many candidates.", c => c.Size),
        Of(FieldClass.Number, "weight", "The sum of their weights.", c => c.Weight),
        Of(FieldClass.Number, "share", "Their weight as a share of all asked, 0 to 1.", c => c.Share),
        Of(FieldClass.Model, "models", "JSON: who holds it.", c => StoredJson.Of(c.Models)),
        Of(FieldClass.Number, "candidates", "JSON: the ids of the candidates in it.", c => StoredJson.Of(c.Candidates)),
        Of(FieldClass.Identifier, "answer_kind", "The kind of the answer.", c => WireName.Of(c.Answer.Kind)),
        Of(FieldClass.Content, "answer_text", "What they say.", c => c.Answer.Text),
        Of(FieldClass.Content, "answer_value", "JSON: what they say as a typed value.", c => c.Answer.Value),
    ];

    private static StoredField<Placed<ClusterBody>> Of(FieldClass fieldClass, string column, string meaning, Func<ClusterBody, object?> read) =>
        new(column, fieldClass, meaning, placed => read(placed.Item));
}

using Consensus.Contracts.Json;
using Consensus.Contracts.Runs;

namespace Consensus.Storage.Runs.Fields;

/// <summary>The columns of <c>candidates</c>.</summary>
internal static class CandidateFields
{
    public static IReadOnlyList<StoredField<Placed<CandidateBody>>> All { get; } =
    [
        new("position", FieldClass.Number, "The place in the run's list, from 0.", c => c.Position),
        Of(FieldClass.Number, "candidate_id", "The candidate's number in the run, from 0.", c => c.Id),
        Of(FieldClass.Model, "model", "The model's id.", c => c.Model),
        Of(FieldClass.Model, "family", "The model's family.", c => c.Family),
        Of(FieldClass.Number, "sample", "Which sample of this model, from 0.", c => c.Sample),
        Of(FieldClass.Identifier, "status", "`answered`, `no_answer`, `failed`.", c => WireName.Of(c.Status)),
        Of(FieldClass.Number, "cluster_id", "The cluster that the answer belongs to.", c => c.Cluster),
        Of(FieldClass.Number, "weight", "The weight of the vote.", c => c.Weight),
        Of(FieldClass.Identifier, "error_reason", "Why there is no vote, from the closed list; null when there is one.", c => WireName.Of(c.Error?.Reason)),
        Of(FieldClass.Content, "error_message", "What the provider or this system said about the failure.", c => c.Error?.Message),
        Of(FieldClass.Number, "attempts", "How often the provider was asked, retries included.", c => c.Attempts),
        Of(FieldClass.Number, "latency_ms", "Milliseconds from the first attempt to the end.", c => c.LatencyMs),
        Of(FieldClass.Word, "finish_reason", "The provider's word for why the answer ended.", c => c.FinishReason),
        Of(FieldClass.Word, "provider_model", "The provider's exact model.", c => c.ProviderModel),
        Of(FieldClass.Number, "has_usage", "1 when tokens or cost were reported, even if unknown.", c => c.Usage is not null),
        Of(FieldClass.Number, "input_tokens", "Input tokens; null when unknown.", c => c.Usage?.InputTokens),
        Of(FieldClass.Number, "output_tokens", "Output tokens; null when unknown.", c => c.Usage?.OutputTokens),
        Of(FieldClass.Number, "cost_usd", "US dollars as a decimal in text; null when unknown.", c => c.Usage?.CostUsd),
        Of(FieldClass.Number, "cached", "1 when the answer came from the cache.", c => c.Cached),
        Of(FieldClass.Identifier, "answer_kind", "The kind of the answer; null without an answer.", c => WireName.Of(c.Answer?.Kind)),
        Of(FieldClass.Content, "answer_text", "The answer read from the text.", c => c.Answer?.Text),
        Of(FieldClass.Content, "answer_value", "JSON: the answer as a typed value.", c => c.Answer?.Value),
        Of(FieldClass.Content, "text", "The text as the model wrote it.", c => c.Text),
    ];

    private static StoredField<Placed<CandidateBody>> Of(FieldClass fieldClass, string column, string meaning, Func<CandidateBody, object?> read) =>
        new(column, fieldClass, meaning, placed => read(placed.Item));
}

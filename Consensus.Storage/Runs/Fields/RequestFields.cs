using Consensus.Contracts.Json;
using Consensus.Contracts.Runs;

namespace Consensus.Storage.Runs.Fields;

/// <summary>The columns of <c>runs</c> that are filled from the run's request.</summary>
internal static class RequestFields
{
    public static IReadOnlyList<StoredField<RunRecord>> All { get; } =
    [
        new("models", FieldClass.Model, "JSON: the models asked, in the order asked.", r => StoredJson.Of(ModelsAsked(r.Run))),
        new("tags", FieldClass.Label, "JSON: the caller's labels.", r => StoredJson.Of(r.Run.Request?.Tags ?? [])),
        Of(FieldClass.Identifier, "panel", "The panel's name, where one was named.", q => q.Panel),
        Of(FieldClass.Number, "samples_per_model", "Answers per model; null when the run came without its request.", q => q.SamplesPerModel),
        Of(FieldClass.Number, "quorum", "The asked quorum.", q => q.Quorum),
        Of(FieldClass.Number, "min_responses", "The asked minimum of usable answers.", q => q.MinResponses),
        new("has_answer_form", FieldClass.Number, "1 when the request said how to read answers.", r => r.Run.Request?.Answer is not null),
        Of(FieldClass.Identifier, "asked_kind", "The asked kind of answer.", q => WireName.Of(q.Answer?.Kind)),
        Of(FieldClass.Number, "tolerance", "The greatest difference at which two numbers are the same answer.", q => q.Answer?.Tolerance),
        Of(FieldClass.Content, "choices", "JSON: the options of a choice.", q => StoredJson.Of(q.Answer?.Choices)),
        Of(FieldClass.Content, "schema", "The JSON Schema that an answer must satisfy.", q => q.Answer?.Schema),
        Of(FieldClass.Model, "reliability", "JSON: reliabilities given with the request, by model.", q => StoredJson.Of(q.Reliability)),
        Of(FieldClass.Number, "deadline_ms", "The deadline in milliseconds.", q => q.DeadlineMs),
        Of(FieldClass.Number, "max_cost_usd", "The cost cap in US dollars as a decimal in text.", q => q.MaxCostUsd),
        Of(FieldClass.Identifier, "early_stop", "`off`, `certain`, `adaptive`.", q => WireName.Of(q.EarlyStop)),
        Of(FieldClass.Identifier, "ranking", "`borda`, `copeland`, `schulze`: how `ranked` made one ranking; null for other strategies.", q => WireName.Of(q.Ranking)),
        Of(FieldClass.Model, "cascade_tiers", "JSON: the tiers and thresholds of `cascade`; null for other strategies.", q => StoredJson.Of(q.Cascade)),
        Of(FieldClass.Label, "category", "The category.", q => q.Category),
        Of(FieldClass.Number, "temperature", "The temperature.", q => q.Temperature),
        Of(FieldClass.Number, "max_output_tokens", "The token cap of one answer.", q => q.MaxOutputTokens),
        Of(FieldClass.Number, "seed", "The seed.", q => q.Seed),
        new("prompt_excerpt", FieldClass.Content, "The question's first 200 characters; of a conversation, its last message's.",
            r => r.Run.Request is { } q ? q.Prompt ?? (q.Messages is [.., var last] ? last.Content : null) : null, IsExcerpt: true),
        Of(FieldClass.Content, "prompt", "The question.", q => q.Prompt),
        Of(FieldClass.Content, "messages", "JSON: the conversation, system messages included.", q => StoredJson.Of(q.Messages)),
        Of(FieldClass.Content, "metadata", "JSON: the caller's own texts by name.", q => StoredJson.Of(q.Metadata)),
    ];

    /// <summary>The request's models, or those of the candidates when the run came without its request.</summary>
    private static IReadOnlyList<string> ModelsAsked(ConsensusResponse run) =>
        run.Request?.Models ?? [.. (run.Candidates ?? []).Select(candidate => candidate.Model).Distinct(StringComparer.Ordinal)];

    private static StoredField<RunRecord> Of(FieldClass fieldClass, string column, string meaning, Func<StoredRequest, object?> read) =>
        new(column, fieldClass, meaning, r => r.Run.Request is { } request ? read(request) : null);
}

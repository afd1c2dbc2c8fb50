using Consensus.Storage.Runs.Fields;

namespace Consensus.Storage.Scoring;

/// <summary>The columns of <c>scores</c>.</summary>
internal static class ScoreFields
{
    public static IReadOnlyList<StoredField> All { get; } =
    [
        new("seq", FieldClass.Number, "The order in which scores were first stored."),
        new("job_seq", FieldClass.Number, "The job's `judge_jobs.seq`."),
        StoredFields.RunSeq,
        new("job_id", FieldClass.Identifier, "The job's `job_id`, so that a listing need not look it up."),
        new("run_id", FieldClass.Identifier, "The run's `run_id`, likewise."),
        new("key_id", FieldClass.Identifier, "The run's `key_id`, so that a key finds its own."),
        new("candidate", FieldClass.Number, "The candidate's `candidate_id`; of a pair the lower one."),
        new("opponent", FieldClass.Number, "The other candidate of a pair; -1 outside of pairs."),
        new("shown", FieldClass.Identifier, "Of a pair, which was shown first: `ab` the candidate, `ba` the opponent; empty outside of pairs."),
        new("judge", FieldClass.Identifier, "The judge's model id."),
        new("criterion", FieldClass.Identifier, "The criterion; `better` for a pair, `claim-N` for a claim."),
        new("method", FieldClass.Identifier, "`pointwise`, `pairwise`, `claim`."),
        new("model", FieldClass.Model, "The model that wrote the candidate, as it stands in `candidates`."),
        new("rubric", FieldClass.Identifier, "The rubric as `name@version`."),
        new("config_version", FieldClass.Identifier, "The version of the scoring configuration."),
        new("grade", FieldClass.Identifier, "The grade as it stands on the menu; null when unscored."),
        new("value", FieldClass.Number, "What the grade is worth, 0 to 1; null when unscored, which is not zero."),
        new("unscored", FieldClass.Identifier, "Why there is no score, from a closed list."),
        new("scored_at", FieldClass.Number, "When it was stored, or replaced one that was unscored."),
        new("prompt", FieldClass.Identifier, "The prompt's name and version."),
        new("repaired", FieldClass.Number, "1 when the judge had to be asked again for the form of its answer."),
        new("latency_ms", FieldClass.Number, "Milliseconds that the judge took for the whole answer."),
        new("has_usage", FieldClass.Number, "1 when tokens or cost were reported, even if unknown."),
        new("input_tokens", FieldClass.Number, "Input tokens of the whole answer, with the first of its grades; null when unknown."),
        new("output_tokens", FieldClass.Number, "Output tokens, likewise."),
        new("cost_usd", FieldClass.Number, "US dollars as a decimal in text, likewise."),
        new("claim", FieldClass.Content, "The claim that was checked."),
        new("rationale", FieldClass.Content, "The judge's reason, or what went wrong."),
    ];
}

using Consensus.Storage.Runs.Fields;

namespace Consensus.Storage.Scoring;

/// <summary>The columns of <c>judge_jobs</c>.</summary>
internal static class JudgeJobFields
{
    public static IReadOnlyList<StoredField> All { get; } =
    [
        new("seq", FieldClass.Number, "The order in which jobs were made; never reused."),
        new("job_id", FieldClass.Identifier, "The job's id, a UUIDv7 as its 16 bytes in network order."),
        StoredFields.RunSeq,
        new("run_id", FieldClass.Identifier, "The run's `run_id`, so that a listing need not look it up."),
        new("key_id", FieldClass.Identifier, "The run's `key_id`, so that a key finds its own."),
        new("created_at", FieldClass.Number, "When the job was made."),
        new("queued_at", FieldClass.Number, "When it was made or last put back: since then it waits."),
        new("rubric", FieldClass.Identifier, "The rubric's name."),
        new("config_version", FieldClass.Identifier, "The version of the scoring configuration that it is judged by."),
        new("state", FieldClass.Identifier, "`pending`, `done`, `dead`."),
        new("attempts", FieldClass.Number, "Attempts begun since it was made or last put back."),
        new("attempt_open", FieldClass.Number, "1 from the begin of an attempt until it is reported."),
        new("not_before", FieldClass.Number, "The next attempt does not begin before this; null: at once."),
        new("finished_at", FieldClass.Number, "When it was done or given up."),
        new("reason", FieldClass.Identifier, "Why the last attempt failed, from a closed list."),
        new("message", FieldClass.Content, "The same in a sentence, by the worker."),
        new("trace_parent", FieldClass.Identifier, "The W3C trace context that judging belongs to."),
        new("claimed_until", FieldClass.Number, "Until then one process brings it to the queue and no other; null: none."),
        new("claimed_by", FieldClass.Identifier, "Which process that is, as in `runs.instance`."),
    ];
}

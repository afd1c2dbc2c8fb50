namespace Consensus.Storage.Runs.Fields;

/// <summary>Every column of the database by table: the one list that the writer, <c>docs/schema.md</c> and <c>docs/privacy.md</c> are made from.</summary>
internal static class StoredFields
{
    public static readonly StoredField RunSeq = new("run_seq", FieldClass.Number, "The run's `runs.seq`.");

    public static readonly StoredField Seq = new("seq", FieldClass.Number, "The order in which runs were first stored; never reused.");

    private static readonly StoredField[] ListingKey =
    [
        new("created_at", FieldClass.Number, "The run's `created_at`, so that the index is in listing order."),
        new("run_id", FieldClass.Identifier, "The run's `run_id`, likewise."),
    ];

    /// <summary>The tables with what one row is, and their columns in the order of the schema's narrative, not of the file.</summary>
    public static IReadOnlyList<(string Table, string Meaning, IReadOnlyList<StoredField> Fields)> Tables { get; } =
    [
        ("runs", "One row per run: the request, the verdict and what was measured.", [Seq, .. RunFields.All, .. RequestFields.All]),
        ("candidates", "One row per question to one model and what came of it.", [RunSeq, .. CandidateFields.All]),
        ("clusters", "One row per cluster of a run's verdict, the leader first.", [RunSeq, .. ClusterFields.All]),
        ("run_models", "One row per model that a run asked: the filter by model.",
            [RunSeq, new("model", FieldClass.Model, "The model's id."), .. ListingKey]),
        ("run_tags", "One row per distinct tag of a run: the filter by tag.",
            [RunSeq, new("tag", FieldClass.Label, "The tag."), .. ListingKey]),
        ("run_lists", "One row per list that a run stands in: the filters, two and more at once. Triggers keep it, whoever writes.",
        [
            new("kind", FieldClass.Number, "Whose list: 0 all runs, 1 a key, 2 a model, 3 a model within a key, 4 a tag, 5 a tag within a key, 6 a tag and model."),
            new("name", FieldClass.Label, "The model or the tag; empty where the list has none."),
            new("within", FieldClass.Model, "The key, or beside a tag the model; empty where the list has neither."),
            new("facet", FieldClass.Identifier, "Two letters of `status`, two of `outcome` (`--` without), 1 for a run that was judged or 0, and `strategy`."),
            .. ListingKey,
            RunSeq,
        ]),
        ("labels", "One row per label that a run was given.", Labels.LabelFields.All),
        ("judge_jobs", "One row per judge job: a run that is, was or could not be judged.", Scoring.JudgeJobFields.All),
        ("scores", "One row per grade by one judge, or per reason why there is none.", Scoring.ScoreFields.All),
        ("fitted_documents", "One row each time that a fitted document came in force; rows are only ever added.", Fitting.FittedFields.All),
        ("calibration_proposals", "One row per document that was fitted to labels, adopted or not; rows are only ever added.", Fitting.Proposals.ProposalFields.All),
        ("scoring_configs", "One row each time that a scoring configuration came in force; rows are only ever added.",
            Scoring.Configuration.ScoringConfigFields.Configs),
        ("policies", "One row each time that a policy came in force; rows are only ever added.",
            Documents.Versioned.DocumentTable.Fields("JSON: the policy as the operator wrote it; no question and no answer.")),
        ("scoring_rubrics", "One row per version of a rubric; rows are only ever added.", Scoring.Configuration.ScoringConfigFields.Rubrics),
        ("benchmarks", "One row per published result of a benchmark; rows are only ever added.", Benchmarks.BenchmarkFields.All),
        ("retention_policies", "One row each time that how long things are kept was changed; rows are only ever added, and triggers refuse all else.", Retention.RetentionFields.Policies),
        ("retention_audit", "One row per batch that was purged, or dry run; rows are only ever added, and triggers refuse all else.", Retention.RetentionFields.Audit),
        ("audit_log", "One row per entry of the audit trail; rows are only ever added, and triggers refuse all else.", Audit.AuditFields.All),
        ("archive_segments", "One row per file of the archive.", LongTerm.Archiving.ArchiveFields.Segments),
        ("archived_runs", "One row per run that moved into the archive: where it lies there.", LongTerm.Archiving.ArchiveFields.Runs),
        ("idempotency_keys", "One row per `Idempotency-Key` of the last 24 hours.", Idempotency.IdempotencyFields.All),
        ("api_keys", "One row per key that was made over the API or on the command line; none is ever removed.", Keys.KeyFields.All),
        ("key_costs", "One row per key and day: what its daily budget has been spent on.", Keys.KeyFields.Costs),
        ("probe", "At most one row, rewritten to prove that the log can be written.",
        [
            new("id", FieldClass.Number, "Always 1."),
            new("probed_at", FieldClass.Number, "When the log was last probed."),
        ]),
        ("instances", "One row per process that shares the log and lives; none where one process has it alone.",
        [
            new("instance", FieldClass.Identifier, "The process, as in `runs.instance`."),
            new("seen_at", FieldClass.Number, "When it last said that it lives."),
        ]),
        ("moves", "One row per move of the whole log to this place, or away from it.", Moving.MoveFields.All),
        ("schema_versions", "One row per migration that has run; kept by the migration library.",
        [
            new("SchemaVersionID", FieldClass.Number, "The order of the migrations."),
            new("ScriptName", FieldClass.Identifier, "The migration's file name."),
            new("Applied", FieldClass.Number, "When it ran, as text in the machine's local time."),
        ]),
    ];
}

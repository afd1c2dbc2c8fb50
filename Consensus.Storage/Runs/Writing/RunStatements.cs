using System.Data.Common;
using System.Globalization;
using Consensus.Contracts.Audit;
using Consensus.Contracts.Json;
using Consensus.Contracts.Runs;
using Consensus.Storage.Audit;
using Consensus.Storage.Audit.Recording;
using Consensus.Storage.Benchmarks;
using Consensus.Storage.Databases;
using Consensus.Storage.Documents.Versioned;
using Consensus.Storage.Fitting;
using Consensus.Storage.Fitting.Proposals;
using Consensus.Storage.Idempotency;
using Consensus.Storage.Keys;
using Consensus.Storage.Labels;
using Consensus.Storage.Retention;
using Consensus.Storage.Runs.Fields;
using Consensus.Storage.Scoring;
using Consensus.Storage.Scoring.Configuration;

namespace Consensus.Storage.Runs.Writing;

/// <summary>What the writer can do inside a transaction.</summary>
internal sealed class RunStatements(RunDatabase database, DbConnection connection, AuditTrail trail) : IDisposable
{
    /// <summary>The reason of a run whose process ended before the run did.</summary>
    public const string Interrupted = "interrupted";

    private readonly Statement _find = new(connection, "SELECT seq, status, status_reason, key_id FROM runs WHERE run_id = $id", "$id");
    private readonly Statement _insert = Insert(connection, "runs", PreparedRun.RunColumns, owned: false);
    private readonly Statement _update = Update(connection);
    private readonly Statement _candidate = Insert(connection, "candidates", CandidateFields.All, owned: true);
    private readonly Statement _cluster = Insert(connection, "clusters", ClusterFields.All, owned: true);

    private readonly Statement _model = new(connection,
        $"INSERT INTO run_models (run_seq, model, created_at, run_id) VALUES ($seq, {Statement.Text("$model")}, $created, $id)", "$seq", "$model", "$created", "$id");

    private readonly Statement _tag = new(connection,
        $"INSERT INTO run_tags (run_seq, tag, created_at, run_id) VALUES ($seq, {Statement.Text("$tag")}, $created, $id)", "$seq", "$tag", "$created", "$id");

    private readonly Statement[] _clear =
    [
        .. new[] { "candidates", "clusters", "run_models", "run_tags" }
            .Select(table => new Statement(connection, $"DELETE FROM {table} WHERE run_seq = $seq", "$seq")),
    ];

    private readonly Statement _delete = new(connection, "DELETE FROM runs WHERE seq = $seq", "$seq");

    /// <summary>What concerns processes that ended before their runs did.</summary>
    public InterruptStatement Instances { get; } = new(connection);

    /// <summary>What is recorded in the audit trail.</summary>
    public AuditStatements Audit { get; } = new(connection, trail, database.IsShared);

    /// <summary>What concerns fitted documents.</summary>
    public FittedStatements Fitted { get; } = new(connection);

    /// <summary>What concerns proposals.</summary>
    public ProposalStatements Proposals { get; } = new(connection);

    /// <summary>What concerns published results of benchmarks.</summary>
    public BenchmarkStatements Benchmarks { get; } = new(connection);

    /// <summary>What concerns judge jobs and scores.</summary>
    public ScoringStatements Scoring { get; } = new(connection);

    /// <summary>What concerns retention.</summary>
    public PurgeStatements Retention => _retention ??= new(database, connection, Audit);

    /// <summary>What concerns scoring configurations.</summary>
    public ScoringConfigStatements ScoringConfigs { get; } = new(connection);

    /// <summary>What concerns claims that one request begins one run.</summary>
    public IdempotencyStatements Idempotency { get; } = new(connection);

    /// <summary>What concerns the keys of callers.</summary>
    public KeyStatements Keys { get; } = new(connection);

    /// <summary>What concerns policies.</summary>
    public DocumentStatements Policies { get; } = new(connection, DocumentTable.Policies);

    private PurgeStatements? _retention;

    /// <summary>What keys have spent.</summary>
    public KeyCostStatements Costs { get; } = new(connection);

    private readonly Statement _label = new(connection,
        $"""
         INSERT INTO labels (run_seq, labelled_at, key_id, answer_right, right_cluster, gold)
         VALUES ($seq, $now, $keyId, $right, $cluster, {Statement.Text("$gold")})
         """,
        "$seq", "$now", "$keyId", "$right", "$cluster", "$gold");

    private readonly Statement _probe = new(connection,
        "INSERT INTO probe (id, probed_at) VALUES (1, $now) ON CONFLICT (id) DO UPDATE SET probed_at = excluded.probed_at", "$now");

    /// <summary>Stores a run in place of its earlier state; false when a finished run stands in the way.</summary>
    public bool Save(PreparedRun run, DateTimeOffset now)
    {
        var seq = Find(run, out var replaceable, out var wasCounted);
        if (!replaceable)
            return false;

        if (seq is { } earlier)
        {
            // Cleared first: the lists of models and tags that are to be written anew do not follow the change of the run.
            foreach (var statement in _clear)
                statement.Execute(earlier);
            _update.Execute([.. run.Run, earlier]);
        }

        object owner = seq ?? Convert.ToInt64(_insert.Scalar(run.Run), CultureInfo.InvariantCulture);
        foreach (var candidate in run.Candidates)
            _candidate.Execute([owner, .. candidate]);
        foreach (var cluster in run.Clusters)
            _cluster.Execute([owner, .. cluster]);
        foreach (var model in run.Models)
            _model.Execute(owner, model, run.CreatedAt, run.RunId);
        foreach (var tag in run.Tags)
            _tag.Execute(owner, tag, run.CreatedAt, run.RunId);
        if (run.Cost is { } cost && !wasCounted)
            Costs.Add(cost);
        if (run.Judge is { } job)
            Scoring.AddOnce(owner, job, StoredTime.Write(now));
        Audit.Stored(run, now);
        return true;
    }

    /// <summary>Erases a finished run, unless a tag holds it.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="mayErase">Whether the caller may erase a run of that key.</param>
    /// <param name="holds">The tags that hold runs, as JSON.</param>
    /// <param name="by">Who erases it; null without a key.</param>
    /// <param name="now">When.</param>
    public Erasure Delete(Guid runId, Func<string?, bool> mayErase, string holds, string? by, DateTimeOffset now)
    {
        long seq;
        using (var found = _find.Query(StoredValue.Id(runId)))
        {
            if (!found.Read())
                return Erasure.NotFound;
            if (!mayErase(found.IsDBNull(3) ? null : found.GetString(3)))
                return Erasure.NotAllowed;
            if (!IsFinished(WireName.Parse<RunStatus>(found.GetString(1))))
                return Erasure.InProgress;
            seq = found.GetInt64(0);
        }

        if (Retention.IsHeld(seq, holds))
            return Erasure.Held;
        Audit.Deleting(connection, runId, seq, by, now);
        _delete.Execute(seq);
        return Erasure.Erased;
    }

    /// <summary>Adds a label to a finished run.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="values">Time, key, right, cluster and gold, as they are stored.</param>
    /// <param name="mayLabel">Whether the caller may label a run of that key.</param>
    /// <param name="by">Who says so; null without a key.</param>
    /// <param name="now">When.</param>
    public Labelling Label(Guid runId, object[] values, Func<string?, bool> mayLabel, string? by, DateTimeOffset now)
    {
        long seq;
        using (var found = _find.Query(StoredValue.Id(runId)))
        {
            if (!found.Read())
                return Labelling.NotFound;
            if (!mayLabel(found.IsDBNull(3) ? null : found.GetString(3)))
                return Labelling.NotAllowed;
            if (!IsFinished(WireName.Parse<RunStatus>(found.GetString(1))))
                return Labelling.InProgress;
            seq = found.GetInt64(0);
        }

        _label.Execute([seq, .. values]);
        Audit.Labelled(runId, values, by, now);
        return Labelling.Stored;
    }

    /// <summary>Puts a fitted document in force; false when it is so already.</summary>
    public bool PutFitted(FittedState state, string? source, string? keyId, DateTimeOffset now) =>
        Audit.Changed(Fitted.Put(state, now, keyId), AuditAction.CalibrationChanged, AuditSubjects.Calibration, state.Version, source, keyId, now);

    public int Probe(DateTimeOffset now) => _probe.Execute(StoredTime.Write(now));

    public void Dispose()
    {
        foreach (var statement in (Statement[])[_find, _insert, _update, _candidate, _cluster, _model, _tag, .. _clear, _delete, _label, _probe])
            statement.Dispose();
        Instances.Dispose();
        Audit.Dispose();
        Fitted.Dispose();
        Proposals.Dispose();
        Benchmarks.Dispose();
        Scoring.Dispose();
        ScoringConfigs.Dispose();
        _retention?.Dispose();
        Idempotency.Dispose();
        Keys.Dispose();
        Policies.Dispose();
        Costs.Dispose();
    }

    /// <summary>
    /// A run only moves forward: accepted, running, finished. A finished one is replaced by the same finish told again, and an interrupted one by its
    /// real finish, should that arrive after all.
    /// </summary>
    private long? Find(PreparedRun run, out bool replaceable, out bool wasCounted)
    {
        using var found = _find.Query(run.RunId);
        replaceable = true;
        wasCounted = false;
        if (!found.Read())
            return null;

        var stored = WireName.Parse<RunStatus>(found.GetString(1));
        var wasInterrupted = !found.IsDBNull(2) && found.GetString(2) == Interrupted;
        replaceable = IsFinished(stored) ? run.Status == stored || (IsFinished(run.Status) && wasInterrupted) : run.Status >= stored;
        wasCounted = IsFinished(stored) && !wasInterrupted;
        return found.GetInt64(0);
    }

    private static bool IsFinished(RunStatus status) => status is RunStatus.Completed or RunStatus.Failed or RunStatus.Cancelled;

    private static Statement Insert(DbConnection connection, string table, IReadOnlyList<StoredField> fields, bool owned)
    {
        if (owned)
            fields = [StoredFields.RunSeq, .. fields];
        var sql = $"INSERT INTO {table} ({string.Join(", ", fields.Select(field => field.Column))}) VALUES ({string.Join(", ", fields.Select(Value))})";
        return new Statement(connection, owned ? sql : sql + " RETURNING seq", [.. fields.Select(Parameter)]);
    }

    private static Statement Update(DbConnection connection)
    {
        var fields = PreparedRun.RunColumns;
        var sql = $"UPDATE runs SET {string.Join(", ", fields.Select(field => $"{field.Column} = {Value(field)}"))} WHERE seq = $seq";
        return new Statement(connection, sql, [.. fields.Select(Parameter), "$seq"]);
    }

    private static string Parameter(StoredField field) => "$" + field.Column;

    private static string Value(StoredField field) => field.IsFreeText ? Statement.Text(Parameter(field)) : Parameter(field);
}

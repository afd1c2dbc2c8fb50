using System.Data.Common;
using System.Globalization;
using Consensus.Contracts.Audit;
using Consensus.Contracts.Json;
using Consensus.Contracts.Retention;
using Consensus.Storage.Audit;
using Consensus.Storage.Audit.Recording;
using Consensus.Storage.Databases;
using Consensus.Storage.Runs.Fields;
using Consensus.Storage.Runs.Writing;

namespace Consensus.Storage.Retention;

/// <summary>What the writer does for retention inside a transaction.</summary>
internal sealed class PurgeStatements(RunDatabase database, DbConnection connection, AuditStatements audit) : IDisposable
{
    private readonly Dictionary<RetainedTable, Statement> _next = RetainedTables.All.ToDictionary(
        static known => known.Table, known => new Statement(connection, known.Next, "$holds", "$cutOff", "$time", "$seq", "$most"));

    private readonly Dictionary<RetainedTable, Statement> _count = RetainedTables.All.ToDictionary(static known => known.Table, known => new Statement(connection, known.Count));

    private readonly Dictionary<RetainedTable, Statement> _delete = RetainedTables.All.ToDictionary(
        static known => known.Table, known => new Statement(connection, known.Delete, "$seq"));

    private readonly Statement _held = new(connection, $"SELECT {RetainedTables.Held("$seq")}", "$holds", "$seq");

    private readonly Statement _runId = new(connection, "SELECT run_id FROM runs WHERE seq = $seq", "$seq");

    private readonly Dictionary<RetainedTable, Statement> _owned = RetainedTables.All.ToDictionary(
        static known => known.Table, known => new Statement(connection, known.Owned, "$seq"));

    private readonly Statement _newestPolicy = new(connection, "SELECT version FROM retention_policies ORDER BY seq DESC LIMIT 1");

    private readonly Statement _policy = new(connection,
        $"INSERT INTO retention_policies (version, in_force_at, document) VALUES ($version, $now, {Statement.Text("$document")})", "$version", "$now", "$document");

    private readonly Statement _audit = new(connection,
        """
        INSERT INTO retention_audit (purge_id, purged_at, source, key_id, dry_run, policy_version, purged_table, reason, cut_off, max_rows, purged_rows, owned_rows, kept_rows)
        VALUES ($id, $now, $source, $keyId, $dry, $version, $table, $reason, $cutOff, $maxRows, $rows, $owned, $kept)
        """,
        "$id", "$now", "$source", "$keyId", "$dry", "$version", "$table", "$reason", "$cutOff", "$maxRows", "$rows", "$owned", "$kept");

    /// <summary>The connection, for reading what stands in the file at this moment.</summary>
    public DbConnection Connection => connection;

    /// <summary>Whether a run has a tag that holds it.</summary>
    public bool IsHeld(long runSeq, string holds) => Number(_held.Scalar(holds, runSeq)) != 0;

    /// <summary>Appends a policy; false when it is the newest already.</summary>
    public bool PutPolicy(RetentionPolicy policy, DateTimeOffset now)
    {
        var version = RetentionPolicies.VersionOf(policy);
        var isNew = _newestPolicy.Scalar() as string != version && _policy.Execute(version, StoredTime.Write(now), RetentionPolicies.TextOf(policy)) > 0;
        return audit.Changed(isNew, AuditAction.RetentionChanged, AuditSubjects.Retention, version, source: null, by: null, now);
    }

    /// <summary>Erases the next rows that are due and tells of it in the audit, both or neither.</summary>
    public PurgedBatch Purge(PurgeBatch batch, DateTimeOffset now)
    {
        var most = Most(batch);
        List<PurgePlace> due = [];
        if (most > 0)
        {
            using var found = _next[batch.Rule.Table].Query(
                RetentionPolicies.Holds(batch.Order.Policy), batch.CutOff ?? long.MaxValue, batch.After.Time, batch.After.Seq, most);
            while (found.Read())
                due.Add(new PurgePlace(found.GetInt64(1), found.GetInt64(0)));
        }

        if (due.Count == 0)
            return new PurgedBatch(0, 0, IsLast: true, batch.After);

        var runs = batch.Rule.Table == RetainedTable.Runs ? due.ConvertAll(row => Recorded(row.Seq)) : null;
        var owned = due.Sum(row => Number(_owned[batch.Rule.Table].Scalar(row.Seq)));
        foreach (var row in due)
            _delete[batch.Rule.Table].Execute(row.Seq);
        Audit(batch, due.Count, owned, now);
        audit.Purged(batch, due.Count, owned, runs, now);
        return new PurgedBatch(due.Count, owned, due.Count < most, due[^1]);
    }

    /// <summary>Tells in the audit what was purged, or in a dry run what is due.</summary>
    public void Audit(PurgeBatch batch, long rows, long owned, DateTimeOffset now)
    {
        var order = batch.Order;
        PutPolicy(order.Policy, now);
        _audit.Execute([.. new object?[]
        {
            StoredValue.Id(batch.PurgeId), StoredTime.Write(now), WireName.Of(order.Source), order.KeyId, order.DryRun, RetentionPolicies.VersionOf(order.Policy),
            WireName.Of(batch.Rule.Table), WireName.Of(batch.Reason), batch.CutOff, batch.Reason == PurgeReason.Rows ? batch.Rule.MaxRows : null, rows, owned, batch.Kept,
        }.Select(StoredValue.ToSqlite)]);
    }

    /// <inheritdoc cref="RunDatabase.GiveBack"/>
    public long GiveBack(int pages) => database.GiveBack(connection, pages);

    public void Dispose()
    {
        foreach (var statement in (Statement[])[.. _next.Values, .. _count.Values, .. _delete.Values, .. _owned.Values, _held, _runId, _newestPolicy, _policy, _audit])
            statement.Dispose();
    }

    /// <summary>How many rows the batch may have: of too many rows, no more than are too many.</summary>
    private long Most(PurgeBatch batch) => batch.Reason == PurgeReason.Age
        ? batch.Order.BatchRows
        : Math.Min(batch.Order.BatchRows, Number(_count[batch.Rule.Table].Scalar()) - batch.Rule.MaxRows!.Value);

    private (Guid RunId, long? Entry) Recorded(long runSeq)
    {
        var id = StoredValue.Id((byte[])_runId.Scalar(runSeq)!);
        return (id, audit.FindRunEntry(id));
    }

    private static long Number(object? scalar) => Convert.ToInt64(scalar, CultureInfo.InvariantCulture);
}

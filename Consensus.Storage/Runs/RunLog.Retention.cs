using System.Data.Common;
using Consensus.Contracts.Retention;
using Consensus.Storage.Retention;
using Consensus.Storage.Runs.Fields;
using Consensus.Storage.Sqlite;
using Dapper;
using Microsoft.Extensions.Logging;

namespace Consensus.Storage.Runs;

/// <summary>How long things are kept.</summary>
public sealed partial class RunLog
{
    /// <summary>Pages that one write gives back: a few megabytes, so that runs are stored in between.</summary>
    private const int PagesAtOnce = 1_000;

    private readonly RetentionPolicy _policy;

    /// <summary>The tags that hold runs, as SQL takes them.</summary>
    private readonly string _holds;

    /// <summary>The policy in force: what erasing a run goes by too.</summary>
    public RetentionPolicy Policy => _policy;

    /// <summary>Keeps the policy in force in the file, for commands that work on the file alone; false when it stands there already.</summary>
    /// <exception cref="RunLogUnavailableException">The file cannot be written.</exception>
    public Task<bool> PutPolicyAsync(CancellationToken cancellationToken)
    {
        RequireEnabled();
        var now = _time.GetUtcNow();
        return _writer.WriteAsync(statements => statements.Retention.PutPolicy(_policy, now), cancellationToken);
    }

    /// <summary>The policy that stands in the file; null before any came in force.</summary>
    /// <exception cref="RunLogUnavailableException">The file cannot be read.</exception>
    public Task<RetentionPolicy?> FindPolicyAsync(CancellationToken cancellationToken) => LookAsync(RetentionReader.Policy, cancellationToken);

    /// <summary>Counts what is there and what a purge by this policy would erase now.</summary>
    /// <exception cref="RunLogUnavailableException">The file cannot be read.</exception>
    public Task<RetentionSurvey> SurveyAsync(RetentionPolicy policy, CancellationToken cancellationToken)
    {
        var now = _time.GetUtcNow();
        return LookAsync(connection => RetentionReader.Survey(_database, connection, policy, now), cancellationToken);
    }

    /// <summary>What the last purges did, by table and reason, newest first.</summary>
    /// <exception cref="RunLogUnavailableException">The file cannot be read.</exception>
    public Task<IReadOnlyList<PurgeRecord>> ListPurgesAsync(int most, CancellationToken cancellationToken) =>
        LookAsync(connection => RetentionReader.LastPurges(connection, most), cancellationToken);

    /// <summary>
    /// Erases what is due, batch by batch: each with its audit in one transaction, other writes in between. Then gives the space back, where the file was made for it.
    /// A batch that was begun is finished; after a cancellation what was erased by then stands in the audit.
    /// </summary>
    /// <param name="order">What, and for whom.</param>
    /// <param name="told">Told of each batch: the table and how many rows.</param>
    /// <param name="cancellationToken">Ends it between two batches.</param>
    /// <exception cref="RunLogUnavailableException">The file cannot be written or read.</exception>
    public async Task<PurgeReceipt> PurgeAsync(PurgeOrder order, Action<RetainedTable, PurgeReason, long>? told, CancellationToken cancellationToken)
    {
        RequireEnabled();
        var now = _time.GetUtcNow();
        var (id, before) = (Guid.CreateVersion7(now), MeasureBytes());
        var survey = await SurveyAsync(order.Policy, cancellationToken);
        List<PurgedTable> tables = [];
        foreach (var table in survey.Tables)
        {
            var rule = RetentionPolicies.RuleOf(order.Policy, table.Table);
            var byAge = new PurgeBatch(id, order, rule, PurgeReason.Age, RetentionReader.CutOff(rule, now), table.Kept, PurgePlace.First);
            var byRows = byAge with { Reason = PurgeReason.Rows, CutOff = null };
            var (aged, ownedByAged) = rule.Days is null ? default : await PurgeAsync(byAge, table.DueByAge, told, cancellationToken);
            if (table.Table == RetainedTable.Runs && rule.Days is not null)
                aged += await PurgeArchivedAsync(byAge, cancellationToken);
            var (surplus, ownedBySurplus) = rule.MaxRows is null ? default : await PurgeAsync(byRows, table.DueByRows, told, cancellationToken);
            tables.Add(new PurgedTable(table.Table, aged, surplus, ownedByAged + ownedBySurplus, table.Kept));
        }

        if (!order.DryRun && (tables.Exists(static table => table.ByAge + table.ByRows > 0) || (survey.GivesSpaceBack && survey.FreeBytes > 0)))
            await GiveBackAsync(cancellationToken);
        return new PurgeReceipt(id, order.DryRun, RetentionPolicies.VersionOf(order.Policy), tables, before, MeasureBytes());
    }

    /// <summary>Rewrites a log that nobody has open, so that its file has no gaps and can shrink from then on. Takes as much room again on the disk.</summary>
    /// <exception cref="DbException">There is no such file, another process has it open, or the disk is full.</exception>
    public static void Rewrite(string path, ILogger logger)
    {
        using var file = new RunLogFile(System.IO.Path.GetFullPath(path), fullSync: true, BusyTimeout, logger, exclusive: true);
        file.Rewrite();
    }

    private async Task<(long Rows, long Owned)> PurgeAsync(
        PurgeBatch batch, long due, Action<RetainedTable, PurgeReason, long>? told, CancellationToken cancellationToken)
    {
        if (batch.Order.DryRun)
        {
            var now = _time.GetUtcNow();
            await _writer.WriteAsync(statements => Told(statements.Retention, batch, due, now), cancellationToken);
            return (due, 0);
        }

        long rows = 0, owned = 0;
        for (var isLast = false; !isLast;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var now = _time.GetUtcNow();
            var purged = await _writer.WriteAsync(statements => statements.Retention.Purge(batch, now), cancellationToken, erases: true);
            rows += purged.Rows;
            owned += purged.OwnedRows;
            isLast = purged.IsLast;
            batch = batch with { After = purged.Last };
            if (purged.Rows > 0)
                told?.Invoke(batch.Rule.Table, batch.Reason, purged.Rows);
        }

        return (rows, owned);
    }

    private static bool Told(PurgeStatements statements, PurgeBatch batch, long due, DateTimeOffset now)
    {
        statements.Audit(batch, due, owned: 0, now);
        return true;
    }

    private async Task GiveBackAsync(CancellationToken cancellationToken)
    {
        for (var left = long.MaxValue; ;)
        {
            var free = await _writer.WriteAsync(static statements => statements.Retention.GiveBack(PagesAtOnce), cancellationToken, erases: true);
            if (free == 0 || free >= left)
                return;
            left = free;
        }
    }

    /// <summary>Which of some runs are not stored, or not any more.</summary>
    /// <param name="runIds">At most a few hundred ids.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="RunLogUnavailableException">The file cannot be read.</exception>
    public Task<IReadOnlyList<Guid>> FindMissingAsync(IReadOnlyCollection<Guid> runIds, CancellationToken cancellationToken) => LookAsync<IReadOnlyList<Guid>>(
        connection =>
        {
            var stored = connection.Query<byte[]>(
                    "SELECT run_id FROM runs WHERE run_id IN @ids UNION ALL SELECT run_id FROM archived_runs WHERE run_id IN @ids", new { ids = runIds.Select(StoredValue.Id).ToArray() })
                .Select(StoredValue.Id).ToHashSet();
            return [.. runIds.Where(id => !stored.Contains(id))];
        },
        cancellationToken);

    /// <summary>Reads on a connection of its own; where the file is kept from all others, on the writer's.</summary>
    private Task<T> LookAsync<T>(Func<DbConnection, T> look, CancellationToken cancellationToken)
    {
        RequireEnabled();
        return _database.IsExclusive
            ? _writer.WriteAsync(statements => look(statements.Retention.Connection), cancellationToken)
            : Task.Run(() => _reader.Read(look), cancellationToken);
    }
}

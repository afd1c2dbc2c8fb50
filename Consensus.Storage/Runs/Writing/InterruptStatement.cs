using System.Data.Common;
using Consensus.Storage.Audit;
using Consensus.Storage.Audit.Recording;
using Consensus.Storage.Runs.Fields;

namespace Consensus.Storage.Runs.Writing;

/// <summary>Fails the runs whose process ended before they did, and keeps who lives.</summary>
internal sealed class InterruptStatement(DbConnection connection) : IDisposable
{
    private readonly Statement _own = new(connection,
        $"""
         UPDATE runs SET status = 'failed', status_reason = '{RunStatements.Interrupted}', finished_at = $now
         WHERE instance = $instance AND status IN ('accepted', 'running')
         RETURNING seq, run_id
         """,
        "$instance", "$now");

    private readonly Statement _abandoned = new(connection,
        $"""
         UPDATE runs SET status = 'failed', status_reason = '{RunStatements.Interrupted}', finished_at = $now
         WHERE status IN ('accepted', 'running') AND NOT EXISTS (SELECT 1 FROM instances i WHERE i.instance = runs.instance)
         RETURNING seq, run_id
         """,
        "$now");

    private readonly Statement _seen = new(connection,
        "INSERT INTO instances (instance, seen_at) VALUES ($instance, $now) ON CONFLICT (instance) DO UPDATE SET seen_at = excluded.seen_at", "$instance", "$now");

    private readonly Statement _forget = new(connection, "DELETE FROM instances WHERE seen_at < $since", "$since");

    private readonly Statement _leave = new(connection, "DELETE FROM instances WHERE instance = $instance", "$instance");

    /// <summary>Fails what an earlier process of the same name left; returns how many.</summary>
    public int Execute(string instance, AuditStatements audit, DateTimeOffset now) => Record(_own.Query(instance, StoredTime.Write(now)), audit, now);

    /// <summary>Keeps that an instance lives, forgets those that have not said so for the lease, and fails what nobody who lives conducts; returns how many.</summary>
    public int See(string instance, TimeSpan lease, AuditStatements audit, DateTimeOffset now)
    {
        _seen.Execute(instance, StoredTime.Write(now));
        _forget.Execute(StoredTime.Write(now - lease));
        return Record(_abandoned.Query(StoredTime.Write(now)), audit, now);
    }

    /// <summary>Forgets an instance that ends.</summary>
    public int Leave(string instance) => _leave.Execute(instance);

    private int Record(DbDataReader updated, AuditStatements audit, DateTimeOffset now)
    {
        List<(long Seq, Guid RunId)> interrupted = [];
        using (var found = updated)
        {
            while (found.Read())
                interrupted.Add((found.GetInt64(0), StoredValue.Id((byte[])found.GetValue(1))));
        }

        foreach (var (seq, runId) in interrupted)
            audit.Interrupted(connection, runId, seq, now);
        return interrupted.Count;
    }

    public void Dispose()
    {
        foreach (var statement in (Statement[])[_own, _abandoned, _seen, _forget, _leave])
            statement.Dispose();
    }
}

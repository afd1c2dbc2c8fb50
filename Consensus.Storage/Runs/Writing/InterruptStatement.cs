using System.Data.Common;
using Consensus.Storage.Audit;
using Consensus.Storage.Audit.Recording;
using Consensus.Storage.Runs.Fields;

namespace Consensus.Storage.Runs.Writing;

/// <summary>Fails the runs that an earlier process left unfinished.</summary>
internal sealed class InterruptStatement(DbConnection connection) : IDisposable
{
    private readonly Statement _statement = new(connection,
        $"""
         UPDATE runs SET status = 'failed', status_reason = '{RunStatements.Interrupted}', finished_at = $now
         WHERE instance = $instance AND status IN ('accepted', 'running')
         RETURNING seq, run_id
         """,
        "$instance", "$now");

    /// <summary>Returns how many.</summary>
    public int Execute(string instance, AuditStatements audit, DateTimeOffset now)
    {
        List<(long Seq, Guid RunId)> interrupted = [];
        using (var found = _statement.Query(instance, StoredTime.Write(now)))
        {
            while (found.Read())
                interrupted.Add((found.GetInt64(0), StoredValue.Id((byte[])found.GetValue(1))));
        }

        foreach (var (seq, runId) in interrupted)
            audit.Interrupted(connection, runId, seq, now);
        return interrupted.Count;
    }

    public void Dispose() => _statement.Dispose();
}

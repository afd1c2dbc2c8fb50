using System.Text.Json;
using Consensus.Contracts.Audit;
using Consensus.Contracts.Json;
using Consensus.Contracts.Runs;
using Consensus.Storage.Audit.Keys;
using Consensus.Storage.Runs.Fields;
using Microsoft.Data.Sqlite;

namespace Consensus.Storage.Audit.Verifying;

/// <summary>Compares the stored runs with a trail that is good in itself: each run with its last entry, and each entry of a run that is gone with what says so.</summary>
/// <param name="connection">The database.</param>
/// <param name="keys">The keys that may have signed.</param>
/// <param name="purged">The entries of runs that were purged.</param>
/// <param name="begun">What the trail says of the runs before it.</param>
internal sealed class RunCheck(SqliteConnection connection, AuditKeyRing keys, SeqRanges purged, TrailBeginning begun)
{
    private static readonly string Stored = string.Join(
        ", ", new[] { AuditAction.RunCompleted, AuditAction.RunFailed, AuditAction.RunCancelled }.Select(static action => $"'{WireName.Of(action)}'"));

    private static readonly string Deleted = $"'{WireName.Of(AuditAction.RunDeleted)}'";

    public long Compared { get; private set; }

    public long Before { get; private set; }

    public long Tombstones { get; private set; }

    /// <summary>The first run that is not as the trail says; null when all are.</summary>
    public AuditFinding? Check(CancellationToken cancellationToken) => CheckStored(cancellationToken) ?? CheckGone(cancellationToken);

    private AuditFinding? CheckStored(CancellationToken cancellationToken)
    {
        using var runs = Command("SELECT seq, run_id, status FROM runs ORDER BY seq");
        using var last = Command(
            $"""
             SELECT seq, detail ->> '$.digest', key_id,
                 EXISTS (SELECT 1 FROM audit_log d WHERE d.subject_kind = 'run' AND d.subject_id = $id AND d.action = {Deleted} AND d.seq > audit_log.seq)
             FROM audit_log WHERE subject_kind = 'run' AND subject_id = $id AND action IN ({Stored}) ORDER BY seq DESC LIMIT 1
             """);
        var id = last.Parameters.Add("$id", SqliteType.Text);
        using var reader = runs.ExecuteReader();
        while (reader.Read())
        {
            cancellationToken.ThrowIfCancellationRequested();
            var seq = reader.GetInt64(0);
            var run = StoredValue.Id((byte[])reader.GetValue(1));
            id.Value = run.ToString("D");
            using var entry = last.ExecuteReader();
            if (!entry.Read())
            {
                if (WireName.Find<RunStatus>(reader.GetString(2)) is RunStatus.Accepted or RunStatus.Running)
                    continue;
                if (seq > begun.LastRun || ++Before > begun.Runs)
                    return new AuditFinding(AuditFault.RunUnrecorded, 0, $"The run {run:D} has no entry.");
                continue;
            }

            var place = entry.GetInt64(0);
            if (entry.GetInt64(3) != 0 || purged.Contains(place))
                return new AuditFinding(AuditFault.RunUnrecorded, place, $"The run {run:D} was erased, as the trail says, and stands there again.");
            if (keys.Find(entry.GetString(2))!.DigestOf(RunRecordHash.Of(connection, seq)) != entry.GetString(1))
                return new AuditFinding(AuditFault.RunChanged, place, $"The run {run:D} is not what entry {place} recorded.");
            Compared++;
        }

        return null;
    }

    private AuditFinding? CheckGone(CancellationToken cancellationToken)
    {
        using var gone = Command(
            $"""
             SELECT a.seq, a.subject_id,
                 EXISTS (SELECT 1 FROM audit_log d WHERE d.subject_kind = 'run' AND d.subject_id = a.subject_id AND d.action = {Deleted} AND d.seq > a.seq)
             FROM audit_log a
             WHERE a.action IN ({Stored}) AND NOT EXISTS (SELECT 1 FROM runs r WHERE r.run_id = unhex(replace(a.subject_id, '-', '')))
                 AND NOT EXISTS (
                     SELECT 1 FROM audit_log b WHERE b.subject_kind = 'run' AND b.subject_id = a.subject_id AND b.action IN ({Stored}) AND b.seq > a.seq)
             """);
        using var reader = gone.ExecuteReader();
        while (reader.Read())
        {
            cancellationToken.ThrowIfCancellationRequested();
            var place = reader.GetInt64(0);
            if (reader.GetInt64(2) == 0 && !purged.Contains(place))
                return new AuditFinding(AuditFault.RunMissing, place, $"The run {reader.GetString(1)} of entry {place} is gone, and no entry says why.");
            Tombstones++;
        }

        return null;
    }

    private SqliteCommand Command(string sql)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        return command;
    }
}

/// <summary>What the first entry says of the runs that were there before the trail.</summary>
/// <param name="Runs">How many there were.</param>
/// <param name="LastRun">The greatest order of them.</param>
internal readonly record struct TrailBeginning(long Runs, long LastRun)
{
    public static TrailBeginning Read(string detail)
    {
        var members = JsonElement.Parse(detail);
        return new TrailBeginning(members.GetProperty("runs").GetInt64(), members.GetProperty("lastRun").GetInt64());
    }
}

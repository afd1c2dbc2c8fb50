using System.Data.Common;
using System.Text.Json;
using Consensus.Contracts.Audit;
using Consensus.Contracts.Json;
using Consensus.Contracts.Runs;
using Consensus.Storage.Audit.Keys;
using Consensus.Storage.Databases;
using Consensus.Storage.Runs.Fields;

namespace Consensus.Storage.Audit.Verifying;

/// <summary>Compares the stored runs with a trail that is good in itself: each run with its last entry, and each entry of a run that is gone with what says so.</summary>
/// <param name="connection">The database.</param>
/// <param name="keys">The keys that may have signed.</param>
/// <param name="purged">The entries of runs that were purged.</param>
/// <param name="begun">What the trail says of the runs before it.</param>
internal sealed class RunCheck(DbConnection connection, AuditKeyRing keys, SeqRanges purged, TrailBeginning begun)
{
    private static readonly string Stored = string.Join(
        ", ", new[] { AuditAction.RunCompleted, AuditAction.RunFailed, AuditAction.RunCancelled, AuditAction.RunImported }.Select(static action => $"'{WireName.Of(action)}'"));

    private static readonly string Deleted = $"'{WireName.Of(AuditAction.RunDeleted)}'";

    /// <summary>The last entry that tells how the run <c>$id</c> was stored: its place, digest and key, and whether the run was erased since.</summary>
    internal static readonly string LastEntry =
        $"""
         SELECT seq, detail, key_id,
             EXISTS (SELECT 1 FROM audit_log d WHERE d.subject_kind = 'run' AND d.subject_id = $id AND d.action = {Deleted} AND d.seq > audit_log.seq)
         FROM audit_log WHERE subject_kind = 'run' AND subject_id = $id AND action IN ({Stored}) ORDER BY seq DESC LIMIT 1
         """;

    public long Compared { get; private set; }

    public long Before { get; private set; }

    public long Tombstones { get; private set; }

    /// <summary>The first run that is not as the trail says; null when all are.</summary>
    public AuditFinding? Check(CancellationToken cancellationToken) => CheckStored(cancellationToken) ?? CheckArchived(cancellationToken) ?? CheckGone(cancellationToken);

    /// <summary>Whether the file knows an archive: one of an earlier version does not.</summary>
    private readonly bool _hasArchive = connection.HasTable("archived_runs");

    private AuditFinding? CheckArchived(CancellationToken cancellationToken)
    {
        if (!_hasArchive)
            return null;
        var archive = new ArchiveCheck(connection, keys, purged);
        var finding = archive.Check(cancellationToken);
        Compared += archive.Compared;
        Before += archive.Before;
        return Before > begun.Runs ? finding ?? new AuditFinding(AuditFault.RunUnrecorded, 0, "More archived runs have no entry than there were before the trail.") : finding;
    }

    private AuditFinding? CheckStored(CancellationToken cancellationToken)
    {
        using var last = connection.Command(LastEntry);
        var id = last.Add("$id");
        foreach (var (seq, run, status) in Runs())
        {
            cancellationToken.ThrowIfCancellationRequested();
            id.Value = run.ToString("D");
            if (Recorded(last) is not { } entry)
            {
                if (WireName.Find<RunStatus>(status) is RunStatus.Accepted or RunStatus.Running)
                    continue;
                if (seq > begun.LastRun || ++Before > begun.Runs)
                    return new AuditFinding(AuditFault.RunUnrecorded, 0, $"The run {run:D} has no entry.");
                continue;
            }

            var place = entry.Place;
            if (entry.IsErased || purged.Contains(place))
                return new AuditFinding(AuditFault.RunUnrecorded, place, $"The run {run:D} was erased, as the trail says, and stands there again.");
            if (keys.Find(entry.KeyId)!.DigestOf(RunRecordHash.Of(connection, seq)) != entry.Digest)
                return new AuditFinding(AuditFault.RunChanged, place, $"The run {run:D} is not what entry {place} recorded.");
            Compared++;
        }

        return null;
    }

    /// <summary>The stored runs by their order, a page at a time: what is asked of each runs on the same connection.</summary>
    private IEnumerable<(long Seq, Guid RunId, string Status)> Runs()
    {
        using var next = connection.Command("SELECT seq, run_id, status FROM runs WHERE seq > $after ORDER BY seq LIMIT 1000");
        var after = next.Add("$after", long.MinValue);
        List<(long Seq, Guid RunId, string Status)> page;
        do
        {
            page = [];
            using (var rows = next.ExecuteReader())
            {
                while (rows.Read())
                    page.Add((rows.GetInt64(0), StoredValue.Id((byte[])rows.GetValue(1)), rows.GetString(2)));
            }

            foreach (var run in page)
                yield return run;
            after.Value = page.Count == 0 ? long.MaxValue : page[^1].Seq;
        }
        while (page.Count > 0);
    }

    internal static RecordedRun? Recorded(DbCommand last)
    {
        using var row = last.ExecuteReader();
        if (!row.Read())
            return null;
        var digest = JsonElement.Parse(row.GetString(1)).TryGetProperty("digest", out var found) ? found.GetString() : null;
        return new RecordedRun(row.GetInt64(0), digest, row.GetString(2), row.GetInt64(3) != 0);
    }

    private AuditFinding? CheckGone(CancellationToken cancellationToken)
    {
        using var gone = connection.Command(
            $"""
             SELECT a.seq, a.subject_id,
                 EXISTS (SELECT 1 FROM audit_log d WHERE d.subject_kind = 'run' AND d.subject_id = a.subject_id AND d.action = {Deleted} AND d.seq > a.seq)
             FROM audit_log a
             WHERE a.action IN ({Stored}) AND NOT EXISTS (SELECT 1 FROM runs r WHERE r.run_id = unhex(replace(a.subject_id, '-', '')))
                 {(_hasArchive ? "AND NOT EXISTS (SELECT 1 FROM archived_runs r WHERE r.run_id = unhex(replace(a.subject_id, '-', '')))" : "")}
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
}

/// <summary>The last entry that tells how a run was stored.</summary>
/// <param name="Place">Its place.</param>
/// <param name="Digest">What stands for the run's record in it.</param>
/// <param name="KeyId">The key that it was signed with.</param>
/// <param name="IsErased">Whether a later entry says that the run was erased.</param>
internal sealed record RecordedRun(long Place, string? Digest, string KeyId, bool IsErased);

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

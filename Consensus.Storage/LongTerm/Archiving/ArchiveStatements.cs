using System.Data.Common;
using System.Security.Cryptography;
using System.Text;
using Consensus.Contracts.Audit;
using Consensus.Contracts.Json;
using Consensus.Contracts.Retention;
using Consensus.Storage.Audit;
using Consensus.Storage.Retention;
using Consensus.Storage.Runs;
using Consensus.Storage.Runs.Fields;
using Consensus.Storage.Runs.Writing;
using Dapper;

namespace Consensus.Storage.LongTerm.Archiving;

/// <summary>What the writer does for the archive inside a transaction.</summary>
internal sealed class ArchiveStatements(DbConnection connection, AuditStatements audit)
{
    private const string Held = "EXISTS (SELECT 1 FROM json_each(tags) t WHERE t.value IN (SELECT value FROM json_each(@holds)))";

    private static readonly int CalibrationColumn = PortableTables.Runs.IndexOf("calibration_version");
    private static readonly int TagsColumn = PortableTables.Runs.IndexOf("tags");

    /// <summary>Makes a file known that lies there.</summary>
    public long Add(ArchiveSegment segment, DateTimeOffset now) => connection.QuerySingle<long>(
        "INSERT INTO archive_segments (path, sha256, bytes, lines, archived_at) VALUES (@Path, @Sha256, @Bytes, @Lines, @Now) RETURNING seq",
        new { segment.Path, segment.Sha256, segment.Bytes, Lines = segment.Places.Count, Now = StoredTime.Write(now) });

    /// <summary>Moves runs that lie in a file out of the tables; one that was changed since it was written there stays. Returns how many moved.</summary>
    public int Move(long segmentSeq, string path, IReadOnlyList<ArchivingRun> runs, DateTimeOffset now)
    {
        List<(Guid RunId, long? Entry)> moved = [];
        foreach (var run in runs)
        {
            if (connection.QuerySingleOrDefault<long?>("SELECT seq FROM runs WHERE run_id = @id", new { id = run.Run.IdBytes }) is not { } seq
                || !PortableRunJson.Write(PortableRunReader.One(connection, seq)).AsSpan().SequenceEqual(run.Line))
            {
                continue;
            }

            connection.Execute(
                """
                INSERT INTO archived_runs (run_id, segment_seq, block_offset, line, record, key_id, created_at, finished_at, calibration_version, tags)
                VALUES (@id, @segmentSeq, @offset, @line, @record, @key, @created, @finished, @calibration, @tags)
                """,
                new
                {
                    id = run.Run.IdBytes,
                    segmentSeq,
                    offset = run.Place.Offset,
                    line = run.Place.Line,
                    record = run.Run.ComputeHash(),
                    key = run.Run.KeyId,
                    created = run.Run.CreatedAt,
                    finished = run.Run.FinishedAt,
                    calibration = run.Run.Run[CalibrationColumn] as string,
                    tags = (string)run.Run.Run[TagsColumn],
                });
            connection.Execute("DELETE FROM runs WHERE seq = @seq", new { seq });
            moved.Add((run.Run.RunId, audit.FindRunEntry(run.Run.RunId)));
        }

        if (moved.Count > 0)
        {
            audit.Append(new AuditNote(AuditAction.RunsArchived, AuditSubjects.Archive, path, KeyId: null, [.. Tombstones(moved)]), now);
        }

        return moved.Count;
    }

    /// <summary>Takes an archived run away, unless a tag holds it; with its tombstone.</summary>
    public Erasure Delete(Guid runId, Func<string?, bool> mayErase, string holds, string? by, DateTimeOffset now, out long segmentSeq)
    {
        segmentSeq = 0;
        var found = connection.QuerySingleOrDefault<(long Segment, byte[] Record, string? Key, long IsHeld)?>(
            $"SELECT segment_seq, record, key_id, {Held} FROM archived_runs WHERE run_id = @id", new { id = StoredValue.Id(runId), holds });
        if (found is not { } run)
        {
            return Erasure.NotFound;
        }

        if (!mayErase(run.Key))
        {
            return Erasure.NotAllowed;
        }

        if (run.IsHeld != 0)
        {
            return Erasure.Held;
        }

        audit.Append(
            new AuditNote(
                AuditAction.RunDeleted, AuditSubjects.Run, runId.ToString("D"), by, new("digest", audit.Digest(run.Record)), new("entry", audit.FindRunEntry(runId))),
            now);
        connection.Execute("DELETE FROM archived_runs WHERE run_id = @id", new { id = StoredValue.Id(runId) });
        segmentSeq = run.Segment;
        return Erasure.Erased;
    }

    /// <summary>How many archived runs are too old.</summary>
    public static long CountDue(DbConnection connection, string holds, long cutOff) =>
        connection.QuerySingle<long>($"SELECT count(*) FROM archived_runs WHERE finished_at < @cutOff AND NOT {Held}", new { cutOff, holds });

    /// <summary>Takes the next archived runs away that are too old, with their audit. Returns how many.</summary>
    public int Purge(PurgeBatch batch, string holds, DateTimeOffset now)
    {
        var due = connection.Query<byte[]>(
            $"SELECT run_id FROM archived_runs WHERE finished_at < @cutOff AND NOT {Held} ORDER BY finished_at, run_id LIMIT @most",
            new { cutOff = batch.CutOff, holds, most = batch.Order.BatchRows }).AsList();
        if (due.Count == 0)
        {
            return 0;
        }

        var runs = due.ConvertAll(id => (RunId: StoredValue.Id(id), audit.FindRunEntry(StoredValue.Id(id))));
        foreach (var id in due)
        {
            connection.Execute("DELETE FROM archived_runs WHERE run_id = @id", new { id });
        }

        audit.Append(
            new AuditNote(
                AuditAction.Purged, AuditSubjects.Table, "archived_runs", batch.Order.KeyId,
                [
                    new("purgeId", batch.PurgeId.ToString("D")), new("source", WireName.Of(batch.Order.Source)), new("reason", WireName.Of(PurgeReason.Age)),
                    new("policyVersion", RetentionPolicies.VersionOf(batch.Order.Policy)), new("before", StoredEntry.TextOf(batch.CutOff!.Value)), .. Tombstones(runs),
                ]),
            now);
        return due.Count;
    }

    /// <summary>Puts a file in the place of another that has runs which are gone; <c>null</c> when none are left.</summary>
    public int Replace(long old, ArchiveSegment? anew, IReadOnlyList<byte[]> runIds, DateTimeOffset now)
    {
        if (anew is not null)
        {
            var seq = Add(anew, now);
            for (var i = 0; i < runIds.Count; i++)
            {
                connection.Execute(
                    "UPDATE archived_runs SET segment_seq = @seq, block_offset = @Offset, line = @Line WHERE run_id = @id AND segment_seq = @old",
                    new { seq, anew.Places[i].Offset, anew.Places[i].Line, id = runIds[i], old });
            }
        }

        return connection.Execute("DELETE FROM archive_segments WHERE seq = @old AND NOT EXISTS (SELECT 1 FROM archived_runs WHERE segment_seq = @old)", new { old });
    }

    private IEnumerable<AuditDetail> Tombstones(List<(Guid RunId, long? Entry)> runs) =>
    [
        new("rows", runs.Count),
        new("digest", audit.Digest(SHA256.HashData(Encoding.ASCII.GetBytes(string.Join('\n', runs.Select(static run => run.RunId.ToString("D"))))))),
        new("entries", SeqRanges.Write(runs.Where(static run => run.Entry is not null).Select(static run => run.Entry!.Value))),
        new("withoutEntry", runs.Count(static run => run.Entry is null)),
    ];
}

/// <summary>A run on its way into the archive.</summary>
internal sealed record ArchivingRun(PortableRun Run, byte[] Line, (long Offset, int Line) Place);

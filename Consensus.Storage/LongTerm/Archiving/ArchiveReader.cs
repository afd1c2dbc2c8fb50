using System.Data.Common;
using Consensus.Contracts.Runs;
using Consensus.Storage.Runs;
using Consensus.Storage.Runs.Fields;
using Consensus.Storage.Runs.Reading;
using Dapper;

namespace Consensus.Storage.LongTerm.Archiving;

/// <summary>Looks archived runs up: where they lie.</summary>
internal static class ArchiveReader
{
    /// <summary>Where a run lies; null when it is not archived, or another key's.</summary>
    public static ArchivedRow? Find(DbConnection connection, Guid runId, string? keyId) => connection.QuerySingleOrDefault<ArchivedRow>(
        $"{ArchivedRow.Select} WHERE a.run_id = @id AND (@keyId IS NULL OR a.key_id = @keyId)", new { id = StoredValue.Id(runId), keyId });

    /// <summary>When the newest archived run was created that a listing could have; null without any.</summary>
    public static long? Newest(DbConnection connection, RunFilter filter)
    {
        var (where, values) = Conditions(filter with { Cursor = null });
        return connection.QuerySingleOrDefault<long?>($"SELECT max(a.created_at) FROM archived_runs a {where}", values);
    }

    /// <summary>The next runs of a listing by time, newest first.</summary>
    public static IReadOnlyList<ArchivedRow> Page(DbConnection connection, RunFilter filter, int rows)
    {
        var (where, values) = Conditions(filter);
        values.Add("rows", rows);
        return connection.Query<ArchivedRow>($"{ArchivedRow.Select} {where} ORDER BY a.created_at DESC, a.run_id DESC LIMIT @rows", values).AsList();
    }

    /// <summary>The next runs of a range in order of creation.</summary>
    public static IReadOnlyList<ArchivedRow> Page(DbConnection connection, RunRange range, RunPlace after, int rows) => connection.Query<ArchivedRow>(
        $"{ArchivedRow.Select} WHERE a.created_at >= @From AND a.created_at < @To AND (a.created_at, a.run_id) > (@CreatedAt, @RunId) ORDER BY a.created_at, a.run_id LIMIT @rows",
        new { range.From, range.To, after.CreatedAt, after.RunId, rows }).AsList();

    /// <summary>The next runs that ended before a time, in the order of their end.</summary>
    public static IReadOnlyList<ArchivedRow> Page(DbConnection connection, long before, EndPlace after, int rows) => connection.Query<ArchivedRow>(
        $"{ArchivedRow.Select} WHERE a.finished_at < @before AND (a.finished_at, a.run_id) > (@FinishedAt, @RunId) ORDER BY a.finished_at, a.run_id LIMIT @rows",
        new { before, after.FinishedAt, after.RunId, rows }).AsList();

    /// <summary>The runs of a file, in their order there.</summary>
    public static IReadOnlyList<ArchivedRow> OfSegment(DbConnection connection, long segmentSeq) =>
        connection.Query<ArchivedRow>($"{ArchivedRow.Select} WHERE a.segment_seq = @segmentSeq ORDER BY a.block_offset, a.line", new { segmentSeq }).AsList();

    /// <summary>The files that have runs which are gone.</summary>
    public static IReadOnlyList<(long Seq, string Path)> Stale(DbConnection connection) => connection.Query<(long Seq, string Path)>(
        "SELECT seq, path FROM archive_segments f WHERE lines > (SELECT count(*) FROM archived_runs a WHERE a.segment_seq = f.seq)").AsList();

    /// <summary>All known files.</summary>
    public static IReadOnlyList<string> Paths(DbConnection connection) => connection.Query<string>("SELECT path FROM archive_segments").AsList();

    /// <summary>How many runs are archived, and the bytes of their files.</summary>
    public static (long Runs, long Bytes) Size(DbConnection connection) =>
        connection.QuerySingle<(long Runs, long Bytes)>("SELECT (SELECT count(*) FROM archived_runs), (SELECT coalesce(sum(bytes), 0) FROM archive_segments)");

    /// <summary>The runs that are due to be archived, the longest ended first: finished before a time, held by no tag, with no judge job that waits.</summary>
    public static IReadOnlyList<long> Due(DbConnection connection, long cutOff, string holds, int most) => connection.Query<long>(
        """
        SELECT r.seq FROM runs r INDEXED BY runs_by_finish
        WHERE r.finished_at < @cutOff AND r.finished_at IS NOT NULL AND r.status IN ('completed', 'failed', 'cancelled')
            AND NOT EXISTS (SELECT 1 FROM run_tags t WHERE t.run_seq = r.seq AND t.tag IN (SELECT value FROM json_each(@holds)))
            AND NOT EXISTS (SELECT 1 FROM judge_jobs j INDEXED BY judge_jobs_by_run WHERE j.run_seq = r.seq AND j.state = 'pending')
        ORDER BY r.finished_at, r.seq LIMIT @most
        """,
        new { cutOff, holds, most }).AsList();

    private static (string Where, DynamicParameters Values) Conditions(RunFilter filter)
    {
        var values = new DynamicParameters();
        List<string> conditions = [];
        Add("a.key_id = @key", "key", filter.KeyId);
        Add("a.created_at >= @from", "from", StoredTime.Write(filter.From));
        Add("a.created_at < @to", "to", StoredTime.Write(filter.To));
        if (filter.Cursor is { } text)
        {
            var cursor = RunCursor.Read(text, filter);
            Add("(a.created_at, a.run_id) < (@afterTime, @afterId)", "afterTime", cursor.CreatedAt);
            values.Add("afterId", cursor.RunId);
        }

        return (conditions.Count == 0 ? "" : "WHERE " + string.Join(" AND ", conditions), values);

        void Add(string condition, string name, object? value)
        {
            if (value is not null)
            {
                conditions.Add(condition);
                values.Add(name, value);
            }
        }
    }
}

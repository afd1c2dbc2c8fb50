using System.Data.Common;
using System.Globalization;
using Consensus.Storage.Audit;
using Consensus.Storage.Databases;

namespace Consensus.Storage.LongTerm;

/// <summary>Reads whole runs from the database.</summary>
internal static class PortableRunReader
{
    private static readonly string RunSql = $"SELECT {PortableTables.Runs.List} FROM runs WHERE seq = $seq";
    private static readonly string CandidateSql = $"SELECT {PortableTables.Candidates.List} FROM candidates WHERE run_seq = $seq ORDER BY position";
    private static readonly string ClusterSql = $"SELECT {PortableTables.Clusters.List} FROM clusters WHERE run_seq = $seq ORDER BY position";
    private static readonly string LabelSql = $"SELECT {PortableTables.Labels.List} FROM labels WHERE run_seq = $seq ORDER BY seq";
    private static readonly string JobSql = $"SELECT seq, {PortableTables.Jobs.List} FROM judge_jobs WHERE run_seq = $seq ORDER BY seq";
    private static readonly string ScoreSql = $"SELECT {PortableTables.Scores.List} FROM scores WHERE job_seq = $seq ORDER BY seq";

    /// <summary>The next finished runs of a range, in order of creation.</summary>
    /// <param name="connection">The database, in one snapshot.</param>
    /// <param name="range">Which.</param>
    /// <param name="after">Where the page before ended.</param>
    /// <param name="most">At most so many.</param>
    public static IReadOnlyList<PortableRun> Page(DbConnection connection, RunRange range, RunPlace after, int most)
    {
        using var command = connection.CreateCommand();
        command.CommandText =
            """
            SELECT r.seq FROM runs r INDEXED BY runs_by_time
            WHERE r.status IN ('completed', 'failed', 'cancelled') AND r.created_at >= $from AND r.created_at < $to AND (r.created_at, r.run_id) > ($time, $id)
            ORDER BY r.created_at, r.run_id LIMIT $most
            """;
        command.Add("$from", range.From);
        command.Add("$to", range.To);
        command.Add("$time", after.CreatedAt);
        command.Add("$id", after.RunId);
        command.Add("$most", most);
        return Found(command).ConvertAll(seq => One(connection, seq));
    }

    /// <summary>The next runs that ended before a time, in the order of their end.</summary>
    /// <param name="connection">The database, in one snapshot.</param>
    /// <param name="before">As stored.</param>
    /// <param name="after">Where the page before ended.</param>
    /// <param name="most">At most so many.</param>
    public static IReadOnlyList<PortableRun> Page(DbConnection connection, long before, EndPlace after, int most)
    {
        using var command = connection.Command(
            """
            SELECT r.seq FROM runs r INDEXED BY runs_by_finish
            WHERE r.finished_at IS NOT NULL AND r.finished_at < $before AND r.status IN ('completed', 'failed', 'cancelled') AND (r.finished_at, r.run_id) > ($time, $id)
            ORDER BY r.finished_at, r.run_id LIMIT $most
            """);
        command.Add("$before", before);
        command.Add("$time", after.FinishedAt);
        command.Add("$id", after.RunId);
        command.Add("$most", most);
        return Found(command).ConvertAll(seq => One(connection, seq));
    }

    /// <summary>A run that is there.</summary>
    public static PortableRun One(DbConnection connection, long seq) => new()
    {
        Run = RunRecordHash.Rows(connection, RunSql, seq)[0],
        Candidates = RunRecordHash.Rows(connection, CandidateSql, seq),
        Clusters = RunRecordHash.Rows(connection, ClusterSql, seq),
        Models = Words(connection, "SELECT model FROM run_models WHERE run_seq = $seq", seq),
        Tags = Words(connection, "SELECT tag FROM run_tags WHERE run_seq = $seq", seq),
        Labels = RunRecordHash.Rows(connection, LabelSql, seq),
        Jobs = RunRecordHash.Rows(connection, JobSql, seq).ConvertAll(job => new PortableJob(job[1..], RunRecordHash.Rows(connection, ScoreSql, Convert.ToInt64(job[0], CultureInfo.InvariantCulture)))),
    };

    private static List<long> Found(DbCommand command)
    {
        List<long> found = [];
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            found.Add(reader.GetInt64(0));
        }

        return found;
    }

    private static IReadOnlyList<string> Words(DbConnection connection, string sql, long seq) =>
        [.. RunRecordHash.Rows(connection, sql, seq).Select(static row => (string)row[0]).Order(StringComparer.Ordinal)];
}

/// <summary>Runs by when they were created, as stored: from a time, before another.</summary>
internal readonly record struct RunRange(long From, long To)
{
    public static RunRange All { get; } = new(long.MinValue, long.MaxValue);
}

/// <summary>A place in the order of creation.</summary>
internal readonly record struct RunPlace(long CreatedAt, byte[] RunId)
{
    public static RunPlace First { get; } = new(long.MinValue, []);

    public static RunPlace Of(PortableRun run) => new(run.CreatedAt, run.IdBytes);
}

/// <summary>A place in the order in which runs ended.</summary>
internal readonly record struct EndPlace(long FinishedAt, byte[] RunId)
{
    public static EndPlace First { get; } = new(long.MinValue, []);

    public static EndPlace Of(PortableRun run) => new(run.FinishedAt, run.IdBytes);
}

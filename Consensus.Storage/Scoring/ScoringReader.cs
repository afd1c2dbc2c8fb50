using System.Data.Common;
using Consensus.Contracts;
using Consensus.Contracts.Runs;
using Consensus.Contracts.Scoring;
using Consensus.Storage.Databases;
using Consensus.Storage.Runs;
using Consensus.Storage.Runs.Fields;
using Consensus.Storage.Runs.Reading;
using Dapper;

namespace Consensus.Storage.Scoring;

/// <summary>Look-ups of judge jobs and scores.</summary>
internal static class ScoringReader
{
    public static JudgeJob? Find(DbConnection connection, Guid jobId, string? keyId) =>
        connection.QuerySingleOrDefault<JudgeJobRow>(JudgeJobRow.One, new { id = StoredValue.Id(jobId), keyId })?.ToBody();

    public static Page<JudgeJob> List(DbConnection connection, JudgeJobFilter filter)
    {
        var limit = Math.Clamp(filter.Limit, 1, Limits.MaxPageSize);
        var (sql, parameters) = JudgeJobListQuery.Of(filter, limit + 1);
        var rows = connection.Query<JudgeJobRow>(sql, parameters).AsList();
        var next = rows.Count > limit ? SequenceCursor.Write(rows[limit - 1].seq, filter.Parts) : null;
        return new Page<JudgeJob>([.. rows.Take(limit).Select(static row => row.ToBody())], next);
    }

    public static Page<StoredScore> List(DbConnection connection, ScoreFilter filter)
    {
        var limit = Math.Clamp(filter.Limit, 1, Limits.MaxPageSize);
        var (sql, parameters) = ScoreListQuery.Of(filter, limit + 1);
        var rows = connection.Query<ScoreRow>(sql, parameters).AsList();
        var next = rows.Count > limit ? new ScoreCursor(rows[limit - 1].scored_at, rows[limit - 1].seq).Write(filter) : null;
        return new Page<StoredScore>([.. rows.Take(limit).Select(static row => row.ToBody())], next);
    }

    public static IReadOnlyList<DueJob> ListDue(DbConnection connection, DateTimeOffset now, long after, int most) =>
    [
        .. connection.Query<JudgeJobRow>(JudgeJobRow.Due, new { now = StoredTime.Write(now), after, rows = most })
            .Select(static row => new DueJob(row.seq, StoredValue.Id(row.job_id), row.trace_parent)),
    ];

    public static JudgeJobCounts Count(DbConnection connection)
    {
        var row = connection.QuerySingle<JudgeJobCountsRow>(JudgeJobRow.Counts);
        return new JudgeJobCounts(row.pending, row.dead, StoredTime.Read(row.oldest));
    }

    /// <summary>Jobs that are done, newest first, of each run the newest that fits.</summary>
    public static IReadOnlyList<JudgedJob> ListJudged(DbConnection connection, JudgedFilter filter, int most)
    {
        var (sql, parameters) = JudgedQuery.Jobs(filter, most);
        return [.. connection.Query<JudgeJobRow>(sql, parameters).Select(static row => new JudgedJob(row.seq, row.rubric, row.config_version))];
    }

    /// <summary>The rubric scores of some jobs, without their texts; one list per job.</summary>
    public static IReadOnlyList<IReadOnlyList<StoredScore>> ReadJudged(DbConnection connection, IReadOnlyList<JudgedJob> jobs, string? judge)
    {
        using var snapshot = connection.BeginSnapshot();
        return
        [
            .. jobs.Select(job => (IReadOnlyList<StoredScore>)
                [.. connection.Query<ScoreRow>(JudgedQuery.Scores, new { seq = job.Seq, judge }, snapshot).Select(static row => row.ToBody())]),
        ];
    }

    /// <summary>A job of a run with its scores: the one asked for, or the newest that is done.</summary>
    public static JobScores? FindScores(DbConnection connection, Guid runId, Guid? jobId, string? rubric, string? keyId)
    {
        using var snapshot = connection.BeginSnapshot();
        var row = jobId is { } id
            ? connection.QuerySingleOrDefault<JudgeJobRow>(JudgeJobRow.One, new { id = StoredValue.Id(id), keyId }, snapshot)
            : connection.QuerySingleOrDefault<JudgeJobRow>(JudgeJobRow.NewestDone, new { runId = StoredValue.Id(runId), rubric, keyId }, snapshot);
        return row is null || StoredValue.Id(row.run_id) != runId ? null
            : new JobScores(row.ToBody(), [.. connection.Query<ScoreRow>(ScoreRow.OfJob, new { row.seq }, snapshot).Select(static score => score.ToBody())]);
    }
}

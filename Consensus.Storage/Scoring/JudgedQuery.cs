using Consensus.Storage.Runs.Fields;
using Dapper;

namespace Consensus.Storage.Scoring;

/// <summary>The statements behind the figures of models.</summary>
internal static class JudgedQuery
{
    /// <summary>The rubric scores of one job, without their texts.</summary>
    public const string Scores =
        """
        SELECT s.seq, s.job_id, s.run_id, s.candidate, s.opponent, s.shown, s.judge, s.criterion, s.method, s.model, s.rubric, s.config_version, s.grade, s.value,
               s.unscored, s.scored_at
        FROM scores s INDEXED BY scores_by_job
        WHERE s.job_seq = @seq AND s.method = 'pointwise' AND (@judge IS NULL OR s.judge = @judge)
        ORDER BY s.seq
        """;

    /// <summary>Jobs that are done, newest first, of each run the newest that fits.</summary>
    public static (string Sql, DynamicParameters Parameters) Jobs(JudgedFilter filter, int most)
    {
        var parameters = new DynamicParameters(new { most });
        var conditions = new List<string> { "j.state = 'done'" };
        Add("j.job_id = @jobId", "jobId", filter.JobId is { } job ? StoredValue.Id(job) : null);
        Add("j.run_seq = (SELECT seq FROM runs WHERE run_id = @runId)", "runId", filter.RunId is { } run ? StoredValue.Id(run) : null);
        Add("j.key_id = @key", "key", filter.KeyId);
        Add("j.rubric = @rubric", "rubric", filter.Rubric);
        Add("j.finished_at >= @from", "from", StoredTime.Write(filter.From));
        Add("j.finished_at < @to", "to", StoredTime.Write(filter.To));
        Add("EXISTS (SELECT 1 FROM scores s INDEXED BY scores_by_job WHERE s.job_seq = j.seq AND s.model = @model)", "model", filter.Model);
        if (filter.JobId is null)
        {
            var same = filter.Rubric is null ? "" : " AND n.rubric = j.rubric";
            conditions.Add($"NOT EXISTS (SELECT 1 FROM judge_jobs n INDEXED BY judge_jobs_by_run WHERE n.run_seq = j.run_seq AND n.seq > j.seq AND n.state = 'done'{same})");
        }

        var index = filter switch
        {
            { JobId: not null } => "",
            { RunId: not null } => "INDEXED BY judge_jobs_by_run",
            { KeyId: not null } => "INDEXED BY judge_jobs_by_key",
            _ => "INDEXED BY judge_jobs_by_state",
        };
        return ($"SELECT j.seq, j.rubric, j.config_version FROM judge_jobs j {index} WHERE {string.Join(" AND ", conditions)} ORDER BY j.seq DESC LIMIT @most", parameters);

        void Add(string condition, string name, object? value)
        {
            if (value is null)
                return;
            conditions.Add(condition);
            parameters.Add(name, value);
        }
    }
}

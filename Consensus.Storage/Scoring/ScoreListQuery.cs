using Consensus.Contracts.Json;
using Consensus.Storage.Runs;
using Consensus.Storage.Runs.Fields;
using Dapper;

namespace Consensus.Storage.Scoring;

/// <summary>The statement behind the listing of scores: one named index, walked from the newest (or the cursor) down, so that no page is sorted.</summary>
internal static class ScoreListQuery
{
    /// <exception cref="InvalidCursorException">The filter's cursor is not one of this listing's.</exception>
    public static (string Sql, DynamicParameters Parameters) Of(ScoreFilter filter, int rows)
    {
        var (conditions, parameters) = Conditions(filter);
        if (filter.Cursor is { } text)
        {
            // The cursor lies before `To` already, having come from a row of the same listing.
            var cursor = ScoreCursor.Read(text, filter);
            conditions.Add("(s.scored_at, s.seq) < (@afterTime, @afterSeq)");
            parameters.Add("afterTime", cursor.ScoredAt);
            parameters.Add("afterSeq", cursor.Seq);
        }
        else if (filter.To is { } to)
        {
            conditions.Add("s.scored_at < @to");
            parameters.Add("to", StoredTime.Write(to));
        }

        parameters.Add("rows", rows);
        var where = conditions.Count > 0 ? $"WHERE {string.Join(" AND ", conditions)}\n" : "";
        return ($"SELECT {ScoreRow.Columns}\nFROM scores s INDEXED BY {IndexOf(filter)}\n{where}ORDER BY s.scored_at DESC, s.seq DESC LIMIT @rows", parameters);
    }

    /// <summary>What the filter says, but for the end of its time and its page.</summary>
    public static (List<string> Conditions, DynamicParameters Parameters) Conditions(ScoreFilter filter)
    {
        var parameters = new DynamicParameters();
        var conditions = new List<string>();
        Add("s.job_seq = (SELECT seq FROM judge_jobs WHERE job_id = @jobId)", "jobId", filter.JobId is { } job ? StoredValue.Id(job) : null);
        Add("s.run_seq = (SELECT seq FROM runs WHERE run_id = @runId)", "runId", filter.RunId is { } run ? StoredValue.Id(run) : null);
        Add("s.model = @model", "model", filter.Model);
        Add("s.judge = @judge", "judge", filter.Judge);
        Add("s.key_id = @key", "key", filter.KeyId);
        Add("s.method = @method", "method", WireName.Of(filter.Method));
        if (filter.Rubric is { } rubric)
        {
            // A name without its version stands for all of them: what follows "name@" sorts before "nameA".
            if (rubric.Contains('@', StringComparison.Ordinal))
            {
                Add("s.rubric = @rubric", "rubric", rubric);
            }
            else
            {
                Add("s.rubric >= @rubricFrom", "rubricFrom", $"{rubric}@");
                Add("s.rubric < @rubricTo", "rubricTo", $"{rubric}A");
            }
        }

        Add("s.value >= @min", "min", filter.Min);
        Add("s.value <= @max", "max", filter.Max);
        if (filter.Unscored is { } unscored)
            conditions.Add(unscored ? "s.value IS NULL" : "s.value IS NOT NULL");
        Add("s.scored_at >= @from", "from", StoredTime.Write(filter.From));
        return (conditions, parameters);

        void Add(string condition, string name, object? value)
        {
            if (value is null)
                return;
            conditions.Add(condition);
            parameters.Add(name, value);
        }
    }

    /// <summary>The most selective filter first: a job has few scores, a run several jobs, a model or a judge its share.</summary>
    private static string IndexOf(ScoreFilter filter) => filter switch
    {
        { JobId: not null } => "scores_by_job",
        { RunId: not null } => "scores_by_run",
        { Model: not null } => "scores_by_model",
        { Judge: not null } => "scores_by_judge",
        { KeyId: not null } => "scores_by_key",
        _ => "scores_by_time",
    };
}

using Consensus.Contracts.Json;
using Consensus.Storage.Runs.Fields;
using Consensus.Storage.Runs.Reading;
using Dapper;

namespace Consensus.Storage.Scoring;

/// <summary>The statement behind the listing of jobs: one named index, walked from the newest down, so that no page is sorted.</summary>
internal static class JudgeJobListQuery
{
    /// <exception cref="InvalidCursorException">The filter's cursor is not one of this listing's.</exception>
    public static (string Sql, DynamicParameters Parameters) Of(JudgeJobFilter filter, int rows)
    {
        var parameters = new DynamicParameters();
        var conditions = new List<string>();
        Add("j.run_seq = (SELECT seq FROM runs WHERE run_id = @runId)", "runId", filter.RunId is { } run ? StoredValue.Id(run) : null);
        Add("j.key_id = @key", "key", filter.KeyId);
        Add("j.state = @state", "state", WireName.Of(filter.State));
        Add("j.seq < @before", "before", filter.Cursor is { } cursor ? SequenceCursor.Read(cursor, filter.Parts) : null);
        parameters.Add("rows", rows);
        var where = conditions.Count > 0 ? $"WHERE {string.Join(" AND ", conditions)}\n" : "";
        return ($"SELECT {JudgeJobRow.Columns}\nFROM judge_jobs j {IndexOf(filter)}\n{where}ORDER BY j.seq DESC LIMIT @rows", parameters);

        void Add(string condition, string name, object? value)
        {
            if (value is null)
                return;
            conditions.Add(condition);
            parameters.Add(name, value);
        }
    }

    private static string IndexOf(JudgeJobFilter filter) => filter switch
    {
        { RunId: not null } => "INDEXED BY judge_jobs_by_run",
        { KeyId: not null } => "INDEXED BY judge_jobs_by_key",
        { State: not null } => "INDEXED BY judge_jobs_by_state",
        _ => "NOT INDEXED",
    };
}

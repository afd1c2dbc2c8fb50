using System.Text;
using Consensus.Contracts.Json;
using Consensus.Storage.Runs.Fields;
using Dapper;

namespace Consensus.Storage.Runs.Reading;

/// <summary>
/// The statement behind a listing. It walks the one index that fits best, from the newest (or the cursor) down, so that no page is sorted and none costs
/// more than the rows it passes. The index is named in the statement: a plan that changed with the statistics would be found in production only.
/// </summary>
internal sealed record ListQuery(string Sql, DynamicParameters Parameters)
{
    private const string Columns =
        """
        r.run_id, r.kind, r.status, r.outcome, r.strategy, r.prompt_excerpt, r.answer_excerpt, r.agreement, r.confidence_raw, r.stability_level, r.models,
        r.degraded, r.cost_usd, r.total_ms, r.tags, r.created_at, r.finished_at
        """;

    /// <exception cref="InvalidCursorException">The filter's cursor is not one of this listing's.</exception>
    public static ListQuery Of(RunFilter filter, int rows)
    {
        var parameters = new DynamicParameters();
        var conditions = new List<string>();

        // The driver is the table whose index gives order and range: that of the tag, of the model, or the runs themselves. A key's runs are fewer than those of a model.
        var driver = filter.Tag is not null ? "t" : filter is { Model: not null, KeyId: null } ? "m" : "r";
        var from = driver switch
        {
            "t" => "run_tags t INDEXED BY runs_by_tag CROSS JOIN runs r ON r.seq = t.run_seq",
            "m" => "run_models m INDEXED BY runs_by_model CROSS JOIN runs r ON r.seq = m.run_seq",
            _ => $"runs r INDEXED BY {IndexOf(filter)}",
        };

        Add("t.tag = @tag", "tag", filter.Tag);
        if (driver == "m")
            Add("m.model = @model", "model", filter.Model);
        else
            Add("EXISTS (SELECT 1 FROM run_models m WHERE m.run_seq = r.seq AND m.model = @model)", "model", filter.Model);
        Add("r.key_id = @key", "key", filter.KeyId);
        Add("r.strategy = @strategy", "strategy", filter.Strategy);
        Add("r.status = @status", "status", WireName.Of(filter.Status));
        Add("r.outcome = @outcome", "outcome", WireName.Of(filter.Outcome));
        if (filter.HasScore is { } judged)
            conditions.Add($"{(judged ? "" : "NOT ")}EXISTS (SELECT 1 FROM judge_jobs j INDEXED BY judge_jobs_by_run WHERE j.run_seq = r.seq AND j.state = 'done')");
        Add($"{driver}.created_at >= @from", "from", StoredTime.Write(filter.From));
        if (filter.Cursor is { } text)
        {
            // The cursor lies before `To` already, having come from a row of the same listing.
            var cursor = RunCursor.Read(text, filter);
            Add($"({driver}.created_at, {driver}.run_id) < (@afterTime, @afterId)", "afterTime", cursor.CreatedAt);
            parameters.Add("afterId", cursor.RunId);
        }
        else
        {
            Add($"{driver}.created_at < @to", "to", StoredTime.Write(filter.To));
        }

        parameters.Add("rows", rows);
        var sql = new StringBuilder($"SELECT {Columns}\nFROM {from}\n");
        if (conditions.Count > 0)
            sql.Append("WHERE ").AppendJoin(" AND ", conditions).Append('\n');
        sql.Append($"ORDER BY {driver}.created_at DESC, {driver}.run_id DESC\nLIMIT @rows");
        return new ListQuery(sql.ToString(), parameters);

        void Add(string condition, string name, object? value)
        {
            if (value is null)
                return;
            conditions.Add(condition);
            parameters.Add(name, value);
        }
    }

    /// <summary>The most selective filter first: a key has its own share of the runs, an outcome or a status may be rare, strategies are few.</summary>
    private static string IndexOf(RunFilter filter) => filter switch
    {
        { KeyId: not null, Outcome: not null } => "runs_by_key_outcome",
        { KeyId: not null, Status: not null } => "runs_by_key_status",
        { KeyId: not null } => "runs_by_key",
        { Outcome: not null } => "runs_by_outcome",
        { Status: not null } => "runs_by_status",
        { Strategy: not null } => "runs_by_strategy",
        _ => "runs_by_time",
    };
}

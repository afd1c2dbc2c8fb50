using System.Data.Common;
using Consensus.Storage.Runs.Fields;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Consensus.Storage.Runs.Reading;

/// <summary>
/// The statement behind a listing. It walks what holds the runs that are asked for and no others, from the newest (or the cursor) down, so that none costs more
/// than its page: an index of the runs, or one of their lists. Of a key, a model and a tag no list is kept by all three: the shortest by two of them is walked.
/// </summary>
internal sealed record ListQuery(string Sql, DynamicParameters Parameters)
{
    private const string Columns =
        """
        r.run_id, r.kind, r.status, r.outcome, r.strategy, r.prompt_excerpt, r.answer_excerpt, r.agreement, r.confidence_raw, r.stability_level, r.models,
        r.degraded, r.cost_usd, r.total_ms, r.tags, r.created_at, r.finished_at
        """;

    /// <summary>Lists this long are told apart no further: to count costs as well.</summary>
    private const long Long = 2_000;

    /// <summary>Reads a page; call it in a snapshot, since it asks twice.</summary>
    /// <exception cref="InvalidCursorException">The filter's cursor is not one of this listing's.</exception>
    public static List<SummaryRow> Read(DbConnection connection, RunFilter filter, int rows, DbTransaction? snapshot) =>
        Of(connection, filter, rows, snapshot) is { } query ? connection.Query<SummaryRow>(query.Sql, query.Parameters, snapshot).AsList() : [];

    /// <summary>The statement; null when no run can pass the filter.</summary>
    /// <exception cref="InvalidCursorException">The filter's cursor is not one of this listing's.</exception>
    public static ListQuery? Of(DbConnection connection, RunFilter filter, int rows, DbTransaction? snapshot = null)
    {
        var parameters = new DynamicParameters();
        var range = Range(filter, parameters);
        return filter is { Outcome: null, Status: null, Strategy: null, Model: null, Tag: null, HasScore: null }
            ? OfRuns(filter, range, rows, parameters)
            : OfList(connection, filter, range, rows, parameters, snapshot);
    }

    private static ListQuery OfRuns(RunFilter filter, string range, int rows, DynamicParameters parameters)
    {
        var (index, conditions) = filter.KeyId is null ? ("runs_by_time", range) : ("runs_by_key", " AND l.key_id = @key" + range);
        if (filter.KeyId is not null)
            parameters.Add("key", filter.KeyId);
        parameters.Add("rows", rows);
        var where = conditions.Length == 0 ? "" : "\nWHERE " + conditions[" AND ".Length..];
        var columns = Columns.Replace("r.", "l.", StringComparison.Ordinal);
        return new ListQuery(
            $"SELECT {columns}\nFROM runs l INDEXED BY {index}{where}\nORDER BY l.created_at DESC, l.run_id DESC\nLIMIT @rows", parameters);
    }

    private static ListQuery? OfList(
        DbConnection connection, RunFilter filter, string range, int rows, DynamicParameters parameters, DbTransaction? snapshot)
    {
        var (walk, conditions) = filter switch
        {
            { Tag: not null, Model: not null, KeyId: not null } => Shortest(connection, filter, range, parameters, snapshot),
            { Tag: not null, Model: not null } => (Find(RunListKind.TagAndModel, filter.Tag, filter.Model), range),
            { Tag: not null, KeyId: not null } => (Find(RunListKind.TagWithinKey, filter.Tag, filter.KeyId), range),
            { Tag: not null } => (Find(RunListKind.Tag, filter.Tag, null), range),
            { Model: not null, KeyId: not null } => (Find(RunListKind.ModelWithinKey, filter.Model, filter.KeyId), range),
            { Model: not null } => (Find(RunListKind.Model, filter.Model, null), range),
            { KeyId: not null } => (Find(RunListKind.Key, null, filter.KeyId), range),
            _ => (Find(RunListKind.All, null, null), range),
        };
        if (walk.Facets.Count == 0)
            return null;
        walk.AddTo(parameters);
        parameters.Add("rows", rows);
        var rowsOfList = walk.Sql(conditions, cutsEach: connection is not SqliteConnection);
        return new ListQuery(
            $"SELECT {Columns}\nFROM (\n{rowsOfList}\n) w CROSS JOIN runs r ON r.seq = w.run_seq\nORDER BY w.created_at DESC, w.run_id DESC",
            parameters);

        RunListWalk Find(RunListKind kind, string? name, string? within) => RunListWalk.Find(connection, kind, name, within, filter, snapshot);
    }

    /// <summary>Of the lists of a tag, a model and a key by twos, the shortest, and the condition that the third asks of its runs.</summary>
    private static (RunListWalk Walk, string Conditions) Shortest(
        DbConnection connection, RunFilter filter, string range, DynamicParameters parameters, DbTransaction? snapshot)
    {
        parameters.Add("key", filter.KeyId);
        parameters.Add("model", filter.Model);
        parameters.Add("tag", filter.Tag);
        (RunListKind Kind, string? Name, string? Within, string Third)[] lists =
        [
            (RunListKind.TagAndModel, filter.Tag, filter.Model, "SELECT 1 FROM runs o WHERE o.seq = l.run_seq AND o.key_id = @key"),
            (RunListKind.TagWithinKey, filter.Tag, filter.KeyId, "SELECT 1 FROM run_models m WHERE m.run_seq = l.run_seq AND m.model = @model"),
            (RunListKind.ModelWithinKey, filter.Model, filter.KeyId, "SELECT 1 FROM run_tags t WHERE t.run_seq = l.run_seq AND t.tag = @tag"),
        ];
        (RunListWalk Walk, string Conditions) shortest = default;
        var least = Long;
        foreach (var (kind, name, within, third) in lists)
        {
            var walk = RunListWalk.Find(connection, kind, name, within, filter, snapshot);
            var count = walk.Facets.Count == 0 ? 0 : walk.Count(connection, range, parameters, least, snapshot);
            if (shortest.Walk is null || count < least)
                (shortest, least) = ((walk, $"{range} AND EXISTS ({third})"), count);
            if (least == 0)
                break;
        }

        return shortest;
    }

    /// <summary>The condition on <c>l</c> that its time asks for.</summary>
    private static string Range(RunFilter filter, DynamicParameters parameters)
    {
        var range = "";
        if (StoredTime.Write(filter.From) is { } from)
        {
            range += " AND l.created_at >= @from";
            parameters.Add("from", from);
        }

        if (filter.Cursor is { } text)
        {
            // The cursor lies before `To` already, having come from a row of the same listing.
            var cursor = RunCursor.Read(text, filter);
            range += " AND (l.created_at, l.run_id) < (@afterTime, @afterId)";
            parameters.Add("afterTime", cursor.CreatedAt);
            parameters.Add("afterId", cursor.RunId);
        }
        else if (StoredTime.Write(filter.To) is { } to)
        {
            range += " AND l.created_at < @to";
            parameters.Add("to", to);
        }

        return range;
    }
}

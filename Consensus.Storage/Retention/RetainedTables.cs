using Consensus.Contracts.Json;
using Consensus.Contracts.Retention;

namespace Consensus.Storage.Retention;

/// <summary>A table with a rule of its own, in SQL over its rows as <c>x</c>.</summary>
/// <param name="Table">The table.</param>
/// <param name="Time">The column of the time from which a row's age counts.</param>
/// <param name="Ready">Which rows a rule can concern.</param>
/// <param name="Kept">Which of them are kept whatever the rule says; <c>$holds</c> is the JSON of the tags that hold runs.</param>
internal sealed record PurgedTableSql(RetainedTable Table, string Time, string Ready, string Kept)
{
    /// <summary>The table's name.</summary>
    public string Name { get; } = WireName.Of(Table);

    /// <summary>The next rows, oldest first, after a place in that order.</summary>
    public string Next => $"""
        SELECT x.seq, x.{Time} FROM {Name} AS x
        WHERE {Ready} AND x.{Time} < $cutOff AND (x.{Time}, x.seq) > ($time, $seq) AND NOT ({Kept}) ORDER BY x.{Time}, x.seq LIMIT $most
        """;

    /// <summary>How many rows are too old, and how many of them are kept.</summary>
    public string TooOld => $"SELECT count(*) AS old, count(*) FILTER (WHERE {Kept}) AS kept FROM {Name} AS x WHERE {Ready} AND x.{Time} < $cutOff";

    /// <summary>How many rows may be purged at all, up to a number.</summary>
    public string Purgeable => $"SELECT count(*) FROM (SELECT 1 FROM {Name} AS x WHERE {Ready} AND NOT ({Kept}) LIMIT $most) AS due";

    /// <summary>The time of the oldest row that the rule can concern.</summary>
    public string Oldest => $"SELECT min(x.{Time}) FROM {Name} AS x WHERE {Ready}";

    /// <summary>All of its rows.</summary>
    public string Count => $"SELECT count(*) FROM {Name}";

    /// <summary>How many rows of other tables go with one.</summary>
    public string Owned => OwnedBy.Count == 0 ? "SELECT 0" : "SELECT " + string.Join(" + ", OwnedBy.Select(static by => $"(SELECT count(*) FROM {by.Table} WHERE {by.Column} = $seq)"));

    /// <summary>The tables whose rows go with one of this, and the column that names it.</summary>
    public IReadOnlyList<(string Table, string Column)> OwnedBy { get; init; } = [];

    /// <summary>Erases one; what belongs to it goes with it by its foreign keys.</summary>
    public string Delete => $"DELETE FROM {Name} WHERE seq = $seq";
}

/// <summary>The tables with rules of their own.</summary>
internal static class RetainedTables
{
    private const string InForce = "(SELECT version FROM fitted_documents ORDER BY seq DESC LIMIT 1)";

    /// <summary>In the order in which they are purged: jobs before their runs, and what runs name after the runs.</summary>
    public static IReadOnlyList<PurgedTableSql> All { get; } =
    [
        new(RetainedTable.JudgeJobs, "finished_at", "x.finished_at IS NOT NULL AND x.state IN ('done', 'dead')", Held("x.run_seq")) { OwnedBy = [("scores", "job_seq")] },
        new(RetainedTable.Runs, "finished_at", "x.finished_at IS NOT NULL AND x.status IN ('completed', 'failed', 'cancelled')", Held("x.seq"))
        {
            OwnedBy = [.. ((string[])["candidates", "clusters", "run_models", "run_tags", "labels", "judge_jobs", "scores"]).Select(static table => (table, "run_seq"))],
        },

        // The newest tells which labels are new; one whose document is in force tells why it is.
        new(RetainedTable.CalibrationProposals, "proposed_at", "x.proposed_at IS NOT NULL",
            $"x.seq = (SELECT max(seq) FROM calibration_proposals) OR (x.adopted = 1 AND x.version = {InForce})"),
        new(RetainedTable.FittedDocuments, "put_at", "x.put_at IS NOT NULL",
            $"x.version = {InForce} OR EXISTS (SELECT 1 FROM runs r WHERE r.calibration_version = x.version)"
            + " OR EXISTS (SELECT 1 FROM archived_runs a WHERE a.calibration_version = x.version)"),
        new(RetainedTable.Benchmarks, "published_at", "x.published_at IS NOT NULL", "1 = 0"),
    ];

    public static PurgedTableSql Of(RetainedTable table) => All.First(known => known.Table == table);

    /// <summary>Whether a run has a tag that holds it.</summary>
    public static string Held(string runSeq) => $"EXISTS (SELECT 1 FROM run_tags t WHERE t.run_seq = {runSeq} AND t.tag IN (SELECT value FROM json_each($holds)))";
}

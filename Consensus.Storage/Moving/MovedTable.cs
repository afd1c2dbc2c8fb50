using Consensus.Storage.Databases;
using Consensus.Storage.LongTerm;

namespace Consensus.Storage.Moving;

/// <summary>A table that is moved whole: every column, with the numbers that order and join its rows.</summary>
internal sealed class MovedTable
{
    private readonly int[] _key;
    private readonly int _run;
    private readonly int _job;

    public MovedTable(string name)
    {
        var columns = SchemaTables.Columns[name];
        Name = name;
        Columns = [.. columns.Select(static column => new PortableColumn(column.Name, PortableTables.TypeOf(column.Type)))];
        List = string.Join(", ", columns.Select(static column => column.Name));
        Key = [.. columns.Where(static column => column.KeyPlace > 0).OrderBy(static column => column.KeyPlace).Select(static column => column.Name)];
        IsAppendOnly = SchemaTables.AppendOnly.Contains(name);
        _key = [.. Key.Select(PlaceOf)];
        _run = PlaceOf(name == "runs" ? "seq" : "run_seq");
        _job = PlaceOf(name == "judge_jobs" ? "seq" : "job_seq");
    }

    public string Name { get; }

    public IReadOnlyList<PortableColumn> Columns { get; }

    /// <summary>The columns in SQL.</summary>
    public string List { get; }

    /// <summary>The columns of the primary key, in its order.</summary>
    public IReadOnlyList<string> Key { get; }

    /// <summary>Whether its rows are neither changed nor taken away.</summary>
    public bool IsAppendOnly { get; }

    /// <summary>The column by which its rows belong to runs.</summary>
    public string RunColumn => Columns[_run].Name;

    /// <summary>Whether a column numbers its rows, and the database counts on by itself.</summary>
    public bool IsNumbered => Key is ["seq"] && Name != "audit_log";

    /// <summary>The place of a column; −1 for one that the table does not have.</summary>
    public int PlaceOf(string column)
    {
        for (var i = 0; i < Columns.Count; i++)
        {
            if (Columns[i].Name == column)
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>The values of a row's key.</summary>
    public object[] KeyOf(object[] row) => Array.ConvertAll(_key, place => row[place]);

    /// <summary>The same as one text, by which rows are told apart.</summary>
    public string KeyTextOf(object[] row) => string.Join('\n', _key.Select(place => row[place] is byte[] bytes ? Convert.ToHexString(bytes) : row[place].ToString()));

    /// <summary>The run that a row is, or belongs to.</summary>
    public long RunOf(object[] row) => (long)row[_run];

    /// <summary>The judge job that a row is, or belongs to; null in other tables.</summary>
    public long? JobOf(object[] row) => _job < 0 ? null : (long)row[_job];
}

/// <summary>Which tables are moved.</summary>
internal static class MovedTables
{
    /// <summary>Runs and what belongs to them, those that are referred to before those that refer.</summary>
    public static IReadOnlyList<MovedTable> OfRuns { get; } = Tables("runs", "candidates", "clusters", "run_models", "run_tags", "labels", "judge_jobs", "scores");

    /// <summary>The rest. A claim forgets what was asked when its run goes, so claims come after the runs.</summary>
    public static IReadOnlyList<MovedTable> Others { get; } = Tables(
        "idempotency_keys", "fitted_documents", "benchmarks", "calibration_proposals", "scoring_configs", "scoring_rubrics", "retention_policies", "retention_audit",
        "api_keys", "policies", "key_costs", "audit_log");

    /// <summary>All that are moved.</summary>
    public static IReadOnlyList<MovedTable> All { get; } = [.. OfRuns, .. Others];

    /// <summary>What belongs to a place itself: who lives there, where its archive lies, whether it may be written, what triggers keep.</summary>
    public static IReadOnlyList<string> Staying { get; } = ["probe", "instances", "archive_segments", "archived_runs", "moves", "run_lists"];

    /// <summary>The tables that nobody writes to once the log has moved away.</summary>
    public static IReadOnlyList<string> Sealed { get; } = [.. All.Select(static table => table.Name), "probe", "archive_segments", "archived_runs"];

    public static MovedTable Runs => OfRuns[0];

    private static MovedTable[] Tables(params IEnumerable<string> names) => [.. names.Select(static name => new MovedTable(name))];
}

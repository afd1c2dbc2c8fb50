using System.Collections.Frozen;
using Consensus.Storage.Databases;
using Consensus.Storage.Labels;
using Consensus.Storage.Runs.Fields;
using Consensus.Storage.Runs.Writing;
using Consensus.Storage.Scoring;

namespace Consensus.Storage.LongTerm;

/// <summary>What a value of a column is.</summary>
internal enum PortableType
{
    /// <summary>A whole number.</summary>
    Integer,

    /// <summary>A number.</summary>
    Real,

    /// <summary>A text.</summary>
    Text,

    /// <summary>An id as its 16 bytes.</summary>
    Id,
}

/// <summary>A column that leaves the database.</summary>
internal sealed record PortableColumn(string Name, PortableType Type);

/// <summary>A table that leaves the database: all of its columns but those that only order and join rows there, or say who is at work on one.</summary>
internal sealed record PortableTable(string Name, IReadOnlyList<PortableColumn> Columns)
{
    /// <summary>The columns in SQL.</summary>
    public string List { get; } = string.Join(", ", Columns.Select(static column => column.Name));

    /// <summary>The place of a column; −1 for one that the table does not have.</summary>
    public int IndexOf(string column) => _places.GetValueOrDefault(column, -1);

    private readonly FrozenDictionary<string, int> _places = Columns.Index().ToFrozenDictionary(static column => column.Item.Name, static column => column.Index, StringComparer.Ordinal);
}

/// <summary>The tables of a whole run. What their columns are is read from the migrations, which are the schema.</summary>
internal static class PortableTables
{
    private static readonly string[] Joins = ["seq", "run_seq", "job_seq"];

    /// <summary>Which process sends a job just now.</summary>
    private static readonly string[] Claims = ["claimed_until", "claimed_by"];

    static PortableTables()
    {
        Runs = Table("runs", PreparedRun.RunColumns);
        Candidates = Table("candidates", CandidateFields.All);
        Clusters = Table("clusters", ClusterFields.All);
        Labels = Table("labels", LabelFields.All);
        Jobs = Table("judge_jobs", JudgeJobFields.All);
        Scores = Table("scores", ScoreFields.All);
        Schema = Migrations.Scripts[^1].Name;
    }

    /// <summary>The name of the last migration: the schema that the rows have.</summary>
    public static string Schema { get; }

    public static PortableTable Runs { get; }

    public static PortableTable Candidates { get; }

    public static PortableTable Clusters { get; }

    public static PortableTable Labels { get; }

    public static PortableTable Jobs { get; }

    public static PortableTable Scores { get; }

    private static PortableTable Table(string name, IReadOnlyList<StoredField> fields)
    {
        var types = SchemaTables.Columns[name].ToDictionary(static column => column.Name, static column => column.Type, StringComparer.Ordinal);
        return new PortableTable(name, [.. fields.Where(static field => !Joins.Contains(field.Column) && !Claims.Contains(field.Column)).Select(field => new PortableColumn(field.Column, TypeOf(types[field.Column])))]);
    }

    /// <summary>What a column that is declared so holds.</summary>
    public static PortableType TypeOf(string declared) => declared switch
    {
        "INTEGER" => PortableType.Integer,
        "REAL" => PortableType.Real,
        "BLOB" => PortableType.Id,
        _ => PortableType.Text,
    };
}

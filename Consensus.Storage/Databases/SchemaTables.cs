using Microsoft.Data.Sqlite;

namespace Consensus.Storage.Databases;

/// <summary>A column as the schema declares it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type"><c>INTEGER</c>, <c>REAL</c>, <c>TEXT</c> or <c>BLOB</c>.</param>
/// <param name="KeyPlace">Its place in the primary key, from 1; 0: it is none of it.</param>
internal sealed record SchemaColumn(string Name, string Type, int KeyPlace);

/// <summary>The tables as the migrations make them, which both products have alike.</summary>
internal static class SchemaTables
{
    static SchemaTables()
    {
        using var schema = new SqliteConnection("Data Source=:memory:");
        schema.Open();
        foreach (var (_, sql) in Migrations.Scripts)
        {
            using var script = schema.CreateCommand();
            script.CommandText = sql;
            script.ExecuteNonQuery();
        }

        Columns = Read(schema).GroupBy(static column => column.Table, StringComparer.Ordinal)
            .ToDictionary(static table => table.Key, static table => (IReadOnlyList<SchemaColumn>)[.. table.Select(static column => column.Column)], StringComparer.Ordinal);
        AppendOnly = ReadAppendOnly(schema);
    }

    /// <summary>The columns by table, in their order.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<SchemaColumn>> Columns { get; }

    /// <summary>The tables whose rows are neither changed nor taken away.</summary>
    public static IReadOnlySet<string> AppendOnly { get; }

    private static List<(string Table, SchemaColumn Column)> Read(SqliteConnection schema)
    {
        using var command = schema.Command(
            "SELECT m.name, c.name, c.type, c.pk FROM sqlite_master m JOIN pragma_table_info(m.name) c WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite%' ORDER BY m.rowid, c.cid");
        using var reader = command.ExecuteReader();
        List<(string, SchemaColumn)> columns = [];
        while (reader.Read())
        {
            columns.Add((reader.GetString(0), new SchemaColumn(reader.GetString(1), reader.GetString(2), reader.GetInt32(3))));
        }

        return columns;
    }

    private static HashSet<string> ReadAppendOnly(SqliteConnection schema)
    {
        using var command = schema.Command("SELECT tbl_name FROM sqlite_master WHERE type = 'trigger' AND sql LIKE '%append-only%'");
        using var reader = command.ExecuteReader();
        HashSet<string> tables = new(StringComparer.Ordinal);
        while (reader.Read())
        {
            tables.Add(reader.GetString(0));
        }

        return tables;
    }
}

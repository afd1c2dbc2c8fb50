using System.Data;
using Dapper;

namespace Consensus.Storage.Tests.Documents;

/// <summary>A column as SQLite tells it.</summary>
internal sealed record SchemaColumn(string Name, string Type, bool NotNull, bool InKey);

/// <summary>An index as SQLite tells it; <c>Columns</c> in order.</summary>
internal sealed record SchemaIndex(string Name, IReadOnlyList<string> Columns, bool Unique, string? Where);

/// <summary>A table of the migrated database.</summary>
internal sealed record SchemaTable(string Name, IReadOnlyList<SchemaColumn> Columns, IReadOnlyList<SchemaIndex> Indexes)
{
    public static IReadOnlyList<SchemaTable> ReadAll(IDbConnection connection) =>
    [
        .. connection.Query<string>("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY rowid")
            .Select(table => Read(connection, table)),
    ];

    private static SchemaTable Read(IDbConnection connection, string table)
    {
        var columns = connection.Query("SELECT name, type, \"notnull\" AS required, pk FROM pragma_table_info(@table)", new { table })
            .Select(row => new SchemaColumn((string)row.name, (string)row.type, (long)row.required != 0, (long)row.pk > 0));
        var indexes = connection.Query("SELECT name, \"unique\" AS one, origin FROM pragma_index_list(@table) WHERE origin <> 'pk' ORDER BY name", new { table })
            .Select(row => new SchemaIndex((string)row.name, IndexColumns(connection, (string)row.name), (long)row.one != 0, Where(connection, (string)row.name)));
        return new SchemaTable(table, [.. columns], [.. indexes]);
    }

    private static IReadOnlyList<string> IndexColumns(IDbConnection connection, string index) =>
        [.. connection.Query<string>("SELECT name FROM pragma_index_info(@index) ORDER BY seqno", new { index })];

    private static string? Where(IDbConnection connection, string index) =>
        connection.QuerySingleOrDefault<string?>("SELECT sql FROM sqlite_schema WHERE name = @index", new { index }) is { } sql
        && sql.IndexOf("WHERE ", StringComparison.Ordinal) is var at and >= 0
            ? sql[(at + "WHERE ".Length)..]
            : null;
}

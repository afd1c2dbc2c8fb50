using System.Text;
using Consensus.Storage.Runs.Fields;

namespace Consensus.Storage.Tests.Documents;

/// <summary>Writes <c>docs/schema.md</c> from the database as its migrations make it and the meanings that stand in the code.</summary>
internal static class SchemaDocument
{
    private const string Introduction =
        """
        # The run log's schema

        Generated from the migrated database; a test fails when it is stale. Write it anew with
        `CONSENSUS_WRITE_DOCS=1 dotnet test --project tests/Consensus.Storage.Tests`.

        The run log is one SQLite file, `runs.db` in `Storage:Folder`, in write-ahead-log mode. It is opened by the API process alone; to look at it, copy it
        or open it read-only (`sqlite3 'file:runs.db?mode=ro'`). The migrations stand in `Consensus.Storage/Migrations`; one that has shipped is never edited.

        - **Ids** are UUIDv7 as 16 bytes in network order; `hex(run_id)` prints one without its hyphens. The caller's `request_id` is kept apart from it.
        - **Times** are integers: units of 100 ns since 1970-01-01T00:00:00Z, the resolution in which they are reported, so that a look-up gives the very
          instant; `datetime(created_at / 10000000, 'unixepoch')` prints one.
        - **Yes and no** are 1 and 0. **Words** of closed lists are as on the wire. **Money** is a decimal in text, exact to its last digit.
        - **JSON** is text, as on the wire. What stands in texts depends on the privacy level: see [privacy.md](privacy.md).

        """;

    public static string Write(IReadOnlyList<SchemaTable> tables)
    {
        var text = new StringBuilder(Introduction);
        foreach (var (name, meaning, fields) in StoredFields.Tables)
        {
            var table = tables.Single(table => table.Name == name);
            text.Append($"\n## {name}\n\n{meaning}\n\n| column | type | null | meaning |\n| --- | --- | --- | --- |\n");
            foreach (var column in table.Columns)
                text.Append($"| `{column.Name}` | {column.Type}{(column.InKey ? ", key" : "")} | {(column.NotNull || column.InKey ? "no" : "yes")} | {Meaning(fields, column.Name)} |\n");
            if (table.Indexes.Count > 0)
                text.Append("\nIndexes:\n\n");
            foreach (var index in table.Indexes)
                text.Append($"- {Describe(index)}\n");
        }

        return text.ToString().ReplaceLineEndings("\n");
    }

    private static string Meaning(IReadOnlyList<StoredField> fields, string column) => fields.Single(field => field.Column == column).Meaning;

    private static string Describe(SchemaIndex index)
    {
        var columns = string.Join(", ", index.Columns.Select(column => $"`{column}`"));
        var name = index.Name.StartsWith("sqlite_", StringComparison.Ordinal) ? "" : $"`{index.Name}`: ";
        return $"{name}{columns}{(index.Unique ? ", unique" : "")}{(index.Where is { } where ? $", where `{where}`" : "")}";
    }
}

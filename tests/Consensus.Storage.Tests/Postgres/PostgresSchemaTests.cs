using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Consensus.Storage.Databases;
using Consensus.Storage.Postgres;
using Consensus.Storage.Tests.Documents;
using Consensus.Storage.Tests.Making;
using Consensus.Testing;
using Dapper;
using FsCheck.Xunit;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Consensus.Storage.Tests.Postgres;

public sealed class PostgresSchemaTests
{
    private static readonly Dictionary<string, string> Types = new(StringComparer.Ordinal)
    {
        ["INTEGER"] = "bigint", ["REAL"] = "double precision", ["BLOB"] = "bytea", ["TEXT"] = "text",
    };

    [Fact]
    public async Task BothProductsHaveTheSameTablesColumnsAndIndexes()
    {
        await using var log = new TemporaryLog();
        await log.SaveAsync(Make.Run());
        using var file = log.Connect();
        var expected = SchemaTable.ReadAll(file).Where(static table => table.Name != "schema_versions").ToArray();
        var database = TestPostgres.NewDatabase();
        using (var server = new RunLogServer(database, NullLogger.Instance))
            server.EnsureReady();
        using var connection = new NpgsqlConnection(database + ";Pooling=false");
        connection.Open();

        var columns = connection.Query<(string Table, string Column, string Type, bool NotNull, string? Collation)>(
            """
            SELECT table_name, column_name, data_type, is_nullable = 'NO', collation_name FROM information_schema.columns
            WHERE table_schema = 'public' AND table_name <> 'schema_versions'
                AND table_name NOT IN (SELECT table_name FROM information_schema.views WHERE table_schema = 'public')
            """).AsList();
        var indexes = connection.Query<string>("SELECT indexname FROM pg_indexes WHERE schemaname = 'public'").ToHashSet(StringComparer.Ordinal);

        Assert.Equal(
            expected.SelectMany(static table => table.Columns.Select(column => $"{table.Name}.{column.Name} {Types[column.Type]} {column.NotNull || column.InKey}")).Order(StringComparer.Ordinal),
            columns.Select(static column => $"{column.Table}.{column.Column} {column.Type} {column.NotNull}").Order(StringComparer.Ordinal));
        Assert.All(columns.Where(static column => column.Type == "text"), static column => Assert.Equal("C", column.Collation));
        Assert.All(
            expected.SelectMany(static table => table.Indexes).Where(static index => !index.Name.StartsWith("sqlite_", StringComparison.Ordinal)),
            index => Assert.Contains(index.Name, indexes));
    }

    [Fact]
    public void ScriptsThatHaveShippedAreUnchangedNumberedAndListed() => AssertShipped("Consensus.Storage/Postgres/Migrations", "postgresql/", Migrations.PostgresScripts);

    /// <summary>Fails when a script is not the one that its folder's <c>shipped.sha256</c> lists, or has another number.</summary>
    internal static void AssertShipped(string folder, string prefix, IReadOnlyList<(string Name, string Sql)> all)
    {
        var listed = Repository.Read($"{folder}/shipped.sha256").Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var scripts = all.Select(script => (Name: script.Name[prefix.Length..], script.Sql)).ToArray();
        Assert.NotEmpty(scripts);
        Assert.Equal(
            listed, scripts.Select(static script => $"{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(script.Sql.ReplaceLineEndings("\n"))))}  {script.Name}"));
        Assert.Equal(Enumerable.Range(1, scripts.Length), scripts.Select(static script => int.Parse(script.Name[..4], CultureInfo.InvariantCulture)));
    }

    [Property(MaxTest = 500)]
    public bool AnyTextComesBack(string? text, bool hasReserved)
    {
        var given = (text ?? "") + (hasReserved ? "\0\uFDD0\uFDD1\0\uFDD1" : "");
        var whole = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(given)); // half a surrogate pair becomes a replacement character
        var encoded = PostgresText.Encode(given);
        return !encoded.Contains('\0', StringComparison.Ordinal) && PostgresText.Decode(encoded) == whole;
    }
}

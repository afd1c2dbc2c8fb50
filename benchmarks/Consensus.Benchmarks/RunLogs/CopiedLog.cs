using Consensus.Storage.Postgres;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Consensus.Benchmarks.RunLogs;

/// <summary>The rows of a filled log in an empty database of PostgreSQL, so that both products are asked for the same.</summary>
internal static class CopiedLog
{
    private static readonly string[] Tables = ["runs", "candidates", "clusters", "run_models", "run_tags", "judge_jobs"];

    /// <summary>Makes the run log and copies what it lacks; a database that has runs stays as it is.</summary>
    public static async Task CopyAsync(string path, string database, CancellationToken cancellationToken)
    {
        using (var server = new RunLogServer(database, NullLogger.Instance))
        {
            server.EnsureReady();
        }

        await using var file = new SqliteConnection($"Data Source={path};Mode=ReadOnly;Pooling=False");
        await file.OpenAsync(cancellationToken);
        await using var connection = new NpgsqlConnection(database + ";Pooling=false;Command Timeout=600");
        await connection.OpenAsync(cancellationToken);
        await using (var any = new NpgsqlCommand("SELECT 1 FROM runs LIMIT 1", connection))
        {
            if (await any.ExecuteScalarAsync(cancellationToken) is not null)
            {
                return;
            }
        }

        foreach (var table in Tables)
        {
            await CopyAsync(file, connection, table, cancellationToken);
        }

        await using var analyze = new NpgsqlCommand("VACUUM ANALYZE", connection);
        await analyze.ExecuteNonQueryAsync(cancellationToken);
    }

    private static async Task CopyAsync(SqliteConnection file, NpgsqlConnection connection, string table, CancellationToken cancellationToken)
    {
        await using var all = file.CreateCommand();
        all.CommandText = $"SELECT * FROM {table}";
        await using var rows = await all.ExecuteReaderAsync(cancellationToken);
        var columns = string.Join(", ", Enumerable.Range(0, rows.FieldCount).Select(rows.GetName));
        await using var import = await connection.BeginBinaryImportAsync($"COPY {table} ({columns}) FROM STDIN (FORMAT BINARY)", cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
        {
            await import.StartRowAsync(cancellationToken);
            for (var i = 0; i < rows.FieldCount; i++)
            {
                await WriteAsync(import, rows.GetValue(i), cancellationToken);
            }
        }

        await import.CompleteAsync(cancellationToken);
    }

    private static Task WriteAsync(NpgsqlBinaryImporter import, object value, CancellationToken cancellationToken) => value switch
    {
        long number => import.WriteAsync(number, cancellationToken),
        double number => import.WriteAsync(number, cancellationToken),
        string text => import.WriteAsync(text, cancellationToken),
        byte[] bytes => import.WriteAsync(bytes, cancellationToken),
        _ => import.WriteNullAsync(cancellationToken),
    };
}

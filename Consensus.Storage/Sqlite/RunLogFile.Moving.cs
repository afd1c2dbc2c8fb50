using System.Data.Common;
using Consensus.Storage.Databases;
using Dapper;

namespace Consensus.Storage.Sqlite;

/// <summary>What a move of the log needs of a file.</summary>
internal sealed partial class RunLogFile
{
    private static readonly string[] Writes = ["INSERT", "UPDATE", "DELETE"];

    public override long ReadSequence(DbConnection connection, string table) =>
        connection.QuerySingleOrDefault<long?>("SELECT seq FROM sqlite_sequence WHERE name = @table", new { table }) ?? 0;

    public override void WriteSequence(DbConnection connection, string table, long last)
    {
        connection.Execute("DELETE FROM sqlite_sequence WHERE name = @table", new { table });
        connection.Execute("INSERT INTO sqlite_sequence (name, seq) VALUES (@table, @last)", new { table, last });
    }

    public override IEnumerable<string> SealSql(string table, string text) => Writes.Select(write =>
        $"CREATE TRIGGER IF NOT EXISTS moved_{table}_{write} BEFORE {write} ON {table} BEGIN SELECT RAISE(ABORT, '{text.Replace("'", "''", StringComparison.Ordinal)}'); END");

    public override IEnumerable<string> UnsealSql(string table) => Writes.Select(write => $"DROP TRIGGER IF EXISTS moved_{table}_{write}");

    /// <summary>Who fills a file has it alone.</summary>
    public override bool TryReserve(DbConnection connection) => exclusive;

    public override void Drop()
    {
        Forget();
        foreach (var file in (string[])[path, path + "-wal", path + "-shm"])
            File.Delete(file);
    }
}

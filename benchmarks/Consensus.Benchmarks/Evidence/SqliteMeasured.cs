using Consensus.Core.Evidence.Passages;
using Microsoft.Data.Sqlite;

namespace Consensus.Benchmarks.Evidence;

/// <summary>The same with SQLite: documents in a table, passages in an FTS5 table, as the run log is opened.</summary>
internal sealed class SqliteMeasured : IMeasuredStore
{
    private SqliteConnection? _connection;
    private int _added;

    public string Name => "SQLite + FTS5";

    public Task OpenAsync(string folder)
    {
        _connection = new SqliteConnection($"Data Source={Path.Combine(folder, "evidence.sqlite")};Pooling=False");
        _connection.Open();
        foreach (var sql in (string[])
        [
            "PRAGMA journal_mode = WAL", "PRAGMA synchronous = NORMAL", "PRAGMA secure_delete = ON", "CREATE TABLE IF NOT EXISTS documents (id INTEGER PRIMARY KEY, text TEXT NOT NULL)",
            "CREATE VIRTUAL TABLE IF NOT EXISTS passages USING fts5(text, document UNINDEXED, start UNINDEXED, tokenize = 'unicode61 remove_diacritics 2')",
        ])
        {
            Run(sql);
        }

        return Task.CompletedTask;
    }

    public Task<int> AddAsync(string text) => Task.Run(() =>
    {
        using var transaction = _connection!.BeginTransaction();
        Run("INSERT INTO documents (id, text) VALUES ($0, $1)", _added, text);
        var spans = PassageSplitter.Split(text);
        foreach (var span in spans)
        {
            Run("INSERT INTO passages (text, document, start) VALUES ($0, $1, $2)", text[span.Start..span.End], _added, span.Start);
        }

        transaction.Commit();
        _added++;
        return spans.Count;
    });

    public Task<int> SearchAsync(string words) => Task.Run(() =>
    {
        using var command = Command("SELECT text, document, start, bm25(passages) FROM passages WHERE passages MATCH $0 ORDER BY rank LIMIT 10", string.Join(" OR ", words.Split(' ')));
        using var reader = command.ExecuteReader();
        var found = 0;
        while (reader.Read())
        {
            found += reader.GetString(0).Length > 0 ? 1 : 0;
        }

        return found;
    });

    public Task DeleteAsync(int document) => Task.Run(() =>
    {
        using var transaction = _connection!.BeginTransaction();
        Run("DELETE FROM passages WHERE rowid IN (SELECT rowid FROM passages WHERE document = $0)", document);
        Run("DELETE FROM documents WHERE id = $0", document);
        transaction.Commit();
    });

    public void Dispose() => _connection?.Dispose();

    private void Run(string sql, params ReadOnlySpan<object> values)
    {
        using var command = Command(sql, values);
        command.ExecuteNonQuery();
    }

    private SqliteCommand Command(string sql, params ReadOnlySpan<object> values)
    {
        var command = _connection!.CreateCommand();
        command.CommandText = sql;
        for (var i = 0; i < values.Length; i++)
        {
            command.Parameters.AddWithValue($"${i}", values[i]);
        }

        return command;
    }
}

using System.Data.Common;
using System.Text;
using Consensus.Storage.Databases;
using Microsoft.Data.Sqlite;

namespace Consensus.Storage.Runs.Writing;

/// <summary>A command that is prepared once and run many times, its parameters bound by position.</summary>
/// <remarks>
/// SQLite's driver cuts a long text at its first NUL character, which models do send. Such a text is bound as bytes; <see cref="Text"/> in the SQL makes it text again.
/// </remarks>
internal sealed class Statement : IDisposable
{
    private readonly DbCommand _command;
    private readonly bool _cutsTexts;

    public Statement(DbConnection connection, string sql, params ReadOnlySpan<string> parameters)
    {
        _command = connection.Command(sql);
        _cutsTexts = connection is SqliteConnection;
        foreach (var name in parameters)
            _command.Add(name);
    }

    /// <summary>A parameter for a text column, in SQL.</summary>
    public static string Text(string parameter) => $"CAST({parameter} AS TEXT)";

    public int Execute(params ReadOnlySpan<object> values) => Bind(values).ExecuteNonQuery();

    public DbDataReader Query(params ReadOnlySpan<object> values) => Bind(values).ExecuteReader();

    public object? Scalar(params ReadOnlySpan<object> values) => Bind(values).ExecuteScalar();

    public void Dispose() => _command.Dispose();

    private DbCommand Bind(ReadOnlySpan<object> values)
    {
        for (var i = 0; i < values.Length; i++)
            _command.Parameters[i].Value = _cutsTexts && values[i] is string text && text.Contains('\0', StringComparison.Ordinal) ? Encoding.UTF8.GetBytes(text) : values[i];
        return _command;
    }
}

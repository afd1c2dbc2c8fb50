using System.Text;
using Microsoft.Data.Sqlite;

namespace Consensus.Storage.Runs.Writing;

/// <summary>A command that is prepared once and run many times, its parameters bound by position.</summary>
/// <remarks>
/// The driver cuts a long text at its first NUL character, which models do send. Such a text is bound as bytes; <see cref="Text"/> in the SQL makes it text again.
/// </remarks>
internal sealed class Statement : IDisposable
{
    private readonly SqliteCommand _command;

    public Statement(SqliteConnection connection, string sql, params ReadOnlySpan<string> parameters)
    {
        _command = connection.CreateCommand();
        _command.CommandText = sql;
        foreach (var name in parameters)
            _command.Parameters.Add(new SqliteParameter { ParameterName = name });
    }

    /// <summary>A parameter for a text column, in SQL.</summary>
    public static string Text(string parameter) => $"CAST({parameter} AS TEXT)";

    public int Execute(params ReadOnlySpan<object> values) => Bind(values).ExecuteNonQuery();

    public SqliteDataReader Query(params ReadOnlySpan<object> values) => Bind(values).ExecuteReader();

    public object? Scalar(params ReadOnlySpan<object> values) => Bind(values).ExecuteScalar();

    public void Dispose() => _command.Dispose();

    private SqliteCommand Bind(ReadOnlySpan<object> values)
    {
        for (var i = 0; i < values.Length; i++)
            _command.Parameters[i].Value = values[i] is string text && text.Contains('\0', StringComparison.Ordinal) ? Encoding.UTF8.GetBytes(text) : values[i];
        return _command;
    }
}

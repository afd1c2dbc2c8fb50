using System.Data;
using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace Consensus.Storage.Databases;

/// <summary>What both products do, under one name.</summary>
internal static class DbCommands
{
    /// <summary>Begins a transaction that only reads, and sees one state of the database.</summary>
    public static DbTransaction BeginSnapshot(this DbConnection connection) =>
        connection is SqliteConnection sqlite ? sqlite.BeginTransaction(deferred: true) : connection.BeginTransaction(IsolationLevel.RepeatableRead);

    /// <summary>Whether there is a table: a database of an earlier version may lack it.</summary>
    public static bool HasTable(this DbConnection connection, string table)
    {
        using var command = connection.Command(connection is SqliteConnection
            ? "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = $table"
            : "SELECT 1 FROM information_schema.tables WHERE table_schema = current_schema() AND table_name = $table");
        command.Add("$table", table);
        return command.ExecuteScalar() is not null;
    }

    /// <summary>A command with its text.</summary>
    public static DbCommand Command(this DbConnection connection, string sql)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        return command;
    }

    /// <summary>Adds a parameter; its value may be set later.</summary>
    public static DbParameter Add(this DbCommand command, string name, object? value = null)
    {
        var parameter = command.CreateParameter();
        parameter.ParameterName = name;
        parameter.Value = value ?? DBNull.Value;
        command.Parameters.Add(parameter);
        return parameter;
    }
}

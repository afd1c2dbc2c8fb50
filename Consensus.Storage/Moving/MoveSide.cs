using System.Data.Common;
using Consensus.Storage.Databases;
using Consensus.Storage.Runs.Writing;

namespace Consensus.Storage.Moving;

/// <summary>One of the two places of a move: reads and writes whole rows.</summary>
/// <param name="database">The place.</param>
/// <param name="connection">A connection to it.</param>
internal sealed class MoveSide(RunDatabase database, DbConnection connection)
{
    public RunDatabase Database => database;

    public DbConnection Connection => connection;

    /// <summary>Where a page of rows ends that begins after a key; null where there are no more.</summary>
    /// <param name="table">The table.</param>
    /// <param name="after">The last key of the page before; null for the first.</param>
    /// <param name="most">At most so many rows.</param>
    public object[]? EndOfPage(MovedTable table, object[]? after, int most)
    {
        var key = string.Join(", ", table.Key);
        using var command = connection.Command(
            $"SELECT {key} FROM (SELECT {key} FROM {table.Name} {Where(table.Key, after, null)} ORDER BY {key} LIMIT $most) page ORDER BY {Descending(table.Key)} LIMIT 1");
        Bind(command, after, null);
        command.Add("$most", most);
        var rows = Rows(command);
        return rows.Count == 0 ? null : rows[0];
    }

    /// <summary>The rows after a key, up to another (null: without an end), in the order of the key.</summary>
    public List<object[]> Read(MovedTable table, object[]? after, object[]? end)
    {
        using var command = connection.Command($"SELECT {table.List} FROM {table.Name} {Where(table.Key, after, end)} ORDER BY {string.Join(", ", table.Key)}");
        Bind(command, after, end);
        return Rows(command);
    }

    /// <summary>The rows of the runs after one, up to another, by their runs and in the order of the key.</summary>
    public List<object[]> ReadOfRuns(MovedTable table, long after, long end)
    {
        var order = string.Join(", ", table.Key.Prepend(table.RunColumn).Distinct());
        using var command = connection.Command(
            $"SELECT {table.List} FROM {table.Name} WHERE {table.RunColumn} > $after AND {table.RunColumn} <= $end ORDER BY {order}");
        command.Add("$after", after);
        command.Add("$end", end);
        return Rows(command);
    }

    /// <summary>A number that a statement gives; null where it gives none.</summary>
    public long? Number(string sql, params ReadOnlySpan<(string Name, object Value)> values)
    {
        using var command = connection.Command(sql);
        foreach (var (name, value) in values)
        {
            command.Add(name, value);
        }

        return command.ExecuteScalar() is long number ? number : null;
    }

    /// <summary>Takes rows away, and what belongs to them.</summary>
    public void Delete(MovedTable table, IReadOnlyList<object[]> rows)
    {
        if (rows.Count == 0)
        {
            return;
        }

        if (table.IsAppendOnly)
        {
            throw new InvalidDataException($"{database.Place} is no copy: its {table.Name} has rows that were never in what it was filled from. Roll the migration back and begin anew.");
        }

        using var delete = new Statement(
            connection, $"DELETE FROM {table.Name} WHERE {string.Join(" AND ", table.Key.Select(static (column, i) => $"{column} = $k{i}"))}",
            [.. table.Key.Select(static (_, i) => $"$k{i}")]);
        foreach (var row in rows)
        {
            delete.Execute(table.KeyOf(row));
        }
    }

    /// <summary>Puts rows in.</summary>
    public void Insert(MovedTable table, IReadOnlyList<object[]> rows)
    {
        if (rows.Count > 0)
        {
            database.InsertAll(connection, table.Name, table.Columns, rows);
        }
    }

    private static string Where(IReadOnlyList<string> key, object[]? after, object[]? end)
    {
        var columns = string.Join(", ", key);
        string[] conditions =
        [
            .. after is null ? (string[])[] : [$"({columns}) > ({string.Join(", ", key.Select(static (_, i) => $"$a{i}"))})"],
            .. end is null ? (string[])[] : [$"({columns}) <= ({string.Join(", ", key.Select(static (_, i) => $"$e{i}"))})"],
        ];
        return conditions.Length == 0 ? "" : "WHERE " + string.Join(" AND ", conditions);
    }

    private static string Descending(IReadOnlyList<string> key) => string.Join(", ", key.Select(static column => column + " DESC"));

    private static void Bind(DbCommand command, object[]? after, object[]? end)
    {
        for (var i = 0; i < (after?.Length ?? 0); i++)
        {
            command.Add($"$a{i}", after![i]);
        }

        for (var i = 0; i < (end?.Length ?? 0); i++)
        {
            command.Add($"$e{i}", end![i]);
        }
    }

    private static List<object[]> Rows(DbCommand command)
    {
        using var reader = command.ExecuteReader();
        List<object[]> rows = [];
        while (reader.Read())
        {
            var row = new object[reader.FieldCount];
            reader.GetValues(row);
            rows.Add(row);
        }

        return rows;
    }
}

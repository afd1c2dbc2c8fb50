using Consensus.Storage.Audit;
using Consensus.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace Consensus.Storage.Runs.Writing;

/// <summary>The writer's open connection with its prepared statements. One that has failed is thrown away whole.</summary>
internal sealed class WriterSession : IDisposable
{
    private const int SqliteTooBig = 18;
    private const int SqliteConstraint = 19;
    private const int SqliteMismatch = 20;
    private const int SqliteRange = 25;

    private readonly SqliteConnection _connection;
    private readonly TimeSpan _busyTimeout;
    private readonly Statement _begin;
    private readonly Statement _commit;
    private readonly Statement _savepoint;
    private readonly Statement _release;
    private readonly Statement _undo;

    public WriterSession(SqliteConnection connection, TimeSpan busyTimeout, AuditTrail trail)
    {
        _connection = connection;
        _busyTimeout = busyTimeout;
        _begin = new Statement(connection, "BEGIN IMMEDIATE");
        _commit = new Statement(connection, "COMMIT");
        _savepoint = new Statement(connection, "SAVEPOINT one");
        _release = new Statement(connection, "RELEASE one");
        _undo = new Statement(connection, "ROLLBACK TO one");
        Statements = new RunStatements(connection, trail);
    }

    public RunStatements Statements { get; }

    public void Begin() => _begin.Execute();

    public void Commit() => _commit.Execute();

    /// <summary>Runs one operation of the batch. Null, or the fault that is this operation's own: it is undone and the batch goes on.</summary>
    public Exception? Try(WriteOperation operation)
    {
        _savepoint.Execute();
        Statements.Audit.Mark();
        try
        {
            operation.Execute(Statements);
            _release.Execute();
            return null;
        }
        catch (Exception fault) when (IsOwn(fault))
        {
            _undo.Execute();
            Statements.Audit.Undo();
            _release.Execute();
            return fault;
        }
    }

    /// <summary>Moves everything into the database file and empties the write-ahead log, without waiting for readers. False when one stood in the way.</summary>
    public bool TryEmptyLog()
    {
        using var command = _connection.CreateCommand();
        command.CommandText = "PRAGMA busy_timeout = 0; PRAGMA wal_checkpoint(TRUNCATE);";
        bool blocked;
        using (var reader = command.ExecuteReader())
        {
            // The first pragma answers too, with its new value.
            while (reader.FieldCount != 3 && reader.NextResult())
            {
            }

            blocked = !reader.Read() || reader.GetInt64(0) != 0;
        }

        command.CommandText = RunLogFile.BusyTimeout(_busyTimeout);
        command.ExecuteNonQuery();
        return !blocked;
    }

    public void Dispose()
    {
        Statements.Dispose();
        foreach (var statement in (Statement[])[_begin, _commit, _savepoint, _release, _undo])
            statement.Dispose();
        _connection.Dispose();
    }

    /// <summary>Faults of the file concern the whole batch; all else is the operation's own.</summary>
    private static bool IsOwn(Exception fault) =>
        fault is not SqliteException sqlite || sqlite.SqliteErrorCode is SqliteTooBig or SqliteConstraint or SqliteMismatch or SqliteRange;
}

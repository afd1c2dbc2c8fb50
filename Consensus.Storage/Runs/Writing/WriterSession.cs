using System.Data.Common;
using Consensus.Storage.Audit;
using Consensus.Storage.Databases;
using Consensus.Storage.Moving;

namespace Consensus.Storage.Runs.Writing;

/// <summary>The writer's open connection with its prepared statements. One that has failed is thrown away whole.</summary>
internal sealed class WriterSession : IDisposable
{
    private readonly RunDatabase _database;
    private readonly DbConnection _connection;
    private readonly Statement[] _begin;
    private readonly Statement _commit;
    private readonly Statement _savepoint;
    private readonly Statement _release;
    private readonly Statement _undo;

    public WriterSession(RunDatabase database, AuditTrail trail)
    {
        _database = database;
        _connection = database.OpenWriter();
        try
        {
            MovedLog.RequireWritable(_connection);
        }
        catch
        {
            _connection.Dispose();
            throw;
        }

        _begin = [.. database.Begin.Select(sql => new Statement(_connection, sql))];
        _commit = new Statement(_connection, "COMMIT");
        _savepoint = new Statement(_connection, "SAVEPOINT one");
        _release = new Statement(_connection, "RELEASE one");
        _undo = new Statement(_connection, "ROLLBACK TO one");
        Statements = new RunStatements(database, _connection, trail);
    }

    public RunStatements Statements { get; }

    public void Begin()
    {
        foreach (var statement in _begin)
            statement.Execute();
    }

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

    /// <inheritdoc cref="RunDatabase.TryWipe"/>
    public bool TryWipe() => _database.TryWipe(_connection);

    public void Dispose()
    {
        Statements.Dispose();
        foreach (var statement in (Statement[])[.. _begin, _commit, _savepoint, _release, _undo])
            statement.Dispose();
        _connection.Dispose();
    }

    /// <summary>Faults of the database concern the whole batch; all else is the operation's own.</summary>
    private bool IsOwn(Exception fault) => fault is not DbException database || _database.IsOwn(database);
}

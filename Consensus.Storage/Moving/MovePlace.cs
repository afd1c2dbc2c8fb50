using System.Data.Common;
using Consensus.Storage.Databases;
using Consensus.Storage.Evidence;
using Consensus.Storage.LongTerm.Backing;
using Consensus.Storage.Postgres;
using Consensus.Storage.Runs;
using Consensus.Storage.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace Consensus.Storage.Moving;

/// <summary>A place that a run log is in, or is to be: a storage folder, or a database of a server.</summary>
public sealed class MovePlace
{
    private static readonly TimeSpan BusyTimeout = TimeSpan.FromSeconds(30);

    private readonly string? _connectionString;

    private MovePlace(string? folder, string? connectionString, string name) => (Folder, _connectionString, Name) = (folder, connectionString, name);

    /// <summary>A storage folder.</summary>
    public static MovePlace InFolder(string folder)
    {
        var path = Path.GetFullPath(folder);
        return new MovePlace(path, null, Path.Combine(path, RunLogRegistration.FileName));
    }

    /// <summary>A database of PostgreSQL.</summary>
    /// <exception cref="ArgumentException">The text is no connection string, or names no server or database.</exception>
    public static MovePlace OnServer(string connectionString)
    {
        using var server = new RunLogServer(connectionString, NullLogger.Instance);
        return new MovePlace(null, connectionString, server.Place);
    }

    /// <summary>The storage folder; null of a server.</summary>
    public string? Folder { get; }

    /// <summary>Where it is, for people: never a password.</summary>
    public string Name { get; }

    /// <summary>Opens the evidence store of the place; null for a folder that has none and is to have none made.</summary>
    /// <param name="mayMake">Whether one that is not there is made.</param>
    public EvidenceStore? OpenEvidence(bool mayMake)
    {
        if (_connectionString is { } server)
        {
            return EvidenceStore.OfServer(server, TimeProvider.System, NullLogger.Instance);
        }

        var path = Path.Combine(Folder!, EvidenceStoreRegistration.FileName);
        return mayMake || File.Exists(path) ? EvidenceStore.OfFile(path, TimeProvider.System, NullLogger.Instance) : null;
    }

    /// <summary>Opens the place to read from, while others may use it.</summary>
    internal MoveSide OpenSource()
    {
        if (Folder is not null)
        {
            BackupWriter.RequireNone(Folder);
            RequireThisSchema();
        }

        return Opened(Database(exclusive: false), static database => database.OpenReader());
    }

    /// <summary>Opens the place to be filled, and keeps other moves from it.</summary>
    internal MoveSide OpenTarget()
    {
        if (Folder is not null && !File.Exists(Name))
        {
            using var file = Database(exclusive: false);
            file.EnsureReady();
        }

        return Opened(Database(exclusive: true, ServerSchema.Make), database =>
        {
            var connection = database.OpenWriter();
            if (database.TryReserve(connection))
            {
                return connection;
            }

            connection.Dispose();
            throw new RunLogUnavailableException($"Another migration fills {Name} now.");
        });
    }

    /// <summary>The place for this process alone; a server is shared.</summary>
    internal RunDatabase OpenAlone() => Database(exclusive: true);

    /// <summary>A service of an earlier version must not find its schema changed under it.</summary>
    private void RequireThisSchema()
    {
        if (!File.Exists(Name))
        {
            throw new RunLogUnavailableException($"There is no run log at {Name}.");
        }

        using (var reader = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={Name};Mode=ReadOnly;Pooling=False"))
        {
            reader.Open();
            if (RunLogFile.IsCurrent(reader))
            {
                return;
            }
        }

        using var alone = Database(exclusive: true);
        alone.EnsureReady();
    }

    private static MoveSide Opened(RunDatabase database, Func<RunDatabase, DbConnection> open)
    {
        try
        {
            return new MoveSide(database, open(database));
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    /// <summary>A log that is there keeps its schema: its service may run.</summary>
    private RunDatabase Database(bool exclusive, ServerSchema schema = ServerSchema.Keep) => _connectionString is { } server
        ? new RunLogServer(server, NullLogger.Instance, schema)
        : new RunLogFile(Name, fullSync: true, BusyTimeout, NullLogger.Instance, exclusive);
}

using System.Data;
using Consensus.Storage.Databases;
using Consensus.Storage.Postgres;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Consensus.Storage.Evidence.Postgres;

/// <summary>
/// The tables of the schema <c>evidence</c> in a PostgreSQL database, for several processes at once. Nothing is remembered from one transaction to the next:
/// what one process writes, the next transaction of any sees.
/// </summary>
internal sealed partial class EvidenceServer : EvidenceDatabase
{
    /// <summary>Who brings the schema up to date; kept until the connection is closed.</summary>
    private const string MigrationLock = "SELECT pg_advisory_lock(1128617545, 1)";

    /// <summary>How often a transaction is done that the server undid in favour of another.</summary>
    private const int Tries = 5;

    private readonly Lock _gate = new();
    private readonly string _connectionString;
    private readonly NpgsqlDataSource _source;
    private readonly ILogger _logger;
    private bool _ready;

    /// <param name="connectionString">Server, database and user, as Npgsql takes them.</param>
    /// <param name="logger">Where it logs.</param>
    /// <exception cref="ArgumentException">The text is no connection string, or names no server or database.</exception>
    public EvidenceServer(string connectionString, ILogger logger)
    {
        var settings = RunLogServer.Settings(connectionString);
        Place = $"{settings.Host}:{settings.Port}/{settings.Database}";
        settings.MaxAutoPrepare = 0; // the plan of a search depends on its words
        _connectionString = settings.ConnectionString;
        _source = NpgsqlDataSource.Create(_connectionString);
        _logger = logger;
    }

    public override string Place { get; }

    public override EvidenceHolding Holding => Measured(
        static connection =>
        {
            using var command = new NpgsqlCommand(
                """
                SELECT coalesce(sum((body ->> 'documents')::bigint), 0)::bigint, coalesce(sum((body ->> 'passages')::bigint), 0)::bigint
                FROM evidence.collections
                """,
                connection);
            using var reader = command.ExecuteReader();
            reader.Read();
            return new EvidenceHolding(reader.GetInt64(0), reader.GetInt64(1));
        });

    public override Task<T> ReadAsync<T>(Func<EvidenceRows, T> read, CancellationToken cancellationToken) =>
        Task.Run(() => Guarded(connection => InTransaction(connection, IsolationLevel.RepeatableRead, read)), cancellationToken);

    public override Task<T> WriteAsync<T>(Func<EvidenceRows, T> write, CancellationToken cancellationToken, bool erases = false)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.Run(() => Guarded(connection => InTransaction(connection, IsolationLevel.ReadCommitted, write)), CancellationToken.None);
    }

    public override Task ProbeAsync(DateTimeOffset now, CancellationToken cancellationToken) => Task.Run(
        () => Guarded(connection =>
        {
            using var command = new NpgsqlCommand(
                "INSERT INTO evidence.probe (id, at) VALUES (1, @at) ON CONFLICT (id) DO UPDATE SET at = excluded.at", connection);
            command.Parameters.AddWithValue("at", now.ToUnixTimeMilliseconds());
            return command.ExecuteNonQuery();
        }),
        cancellationToken);

    public override Task CopyAsync(string to, CancellationToken cancellationToken) =>
        throw new EvidenceUnavailableException($"The evidence store is in a database of the server {Place}, which has means of its own to be backed up.");

    /// <summary>Bytes of the tables with their indexes.</summary>
    public override long MeasureBytes() => Measured(static connection =>
    {
        using var command = new NpgsqlCommand(
            "SELECT coalesce(sum(pg_total_relation_size(oid)), 0)::bigint FROM pg_class WHERE relnamespace = 'evidence'::regnamespace AND relkind = 'r'",
            connection);
        return (long)command.ExecuteScalar()!;
    });

    public override void Dispose() => _source.Dispose();

    private static T InTransaction<T>(NpgsqlConnection connection, IsolationLevel isolation, Func<EvidenceRows, T> use)
    {
        using var transaction = connection.BeginTransaction(isolation);
        var result = use(new ServerRows(connection));
        transaction.Commit();
        return result;
    }

    /// <summary>What a gauge shows; nothing while it cannot be told.</summary>
    private T Measured<T>(Func<NpgsqlConnection, T> measure)
        where T : struct
    {
        try
        {
            return Guarded(measure);
        }
        catch (EvidenceUnavailableException)
        {
            return default;
        }
    }

    private T Guarded<T>(Func<NpgsqlConnection, T> use)
    {
        for (var left = Tries; ; left--)
        {
            try
            {
                EnsureReady();
                using var connection = _source.OpenConnection();
                return use(connection);
            }
            catch (PostgresException fault) when (left > 1 && fault.SqlState is PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure)
            {
                // Undone whole: it is done again.
            }
            catch (Exception fault) when (fault is NpgsqlException or EvidenceUnavailableException)
            {
                LogFailed(Place, fault.Message);
                Forget();
                throw new EvidenceUnavailableException($"The evidence store {Place} failed: {fault.Message}", fault);
            }
        }
    }

    private void EnsureReady()
    {
        lock (_gate)
        {
            if (_ready)
            {
                return;
            }

            // Of its own: one that has lain in a pool may be lost.
            var once = new NpgsqlConnectionStringBuilder(_connectionString) { Pooling = false }.ConnectionString;
            using (var alone = new NpgsqlConnection(once))
            {
                alone.Open();
                Run(alone, MigrationLock);
                MakeSchema(alone);
                Migrations.RunEvidence(once, _logger);
            }

            _ready = true;
            LogOpened(Place);
        }
    }

    /// <summary>Made only where it is missing: a user that may not make one can have it made by another.</summary>
    private static void MakeSchema(NpgsqlConnection connection)
    {
        using var command = new NpgsqlCommand("SELECT EXISTS (SELECT 1 FROM pg_namespace WHERE nspname = @schema)", connection);
        command.Parameters.AddWithValue("schema", Migrations.EvidenceSchema);
        if (command.ExecuteScalar() is false)
        {
            Run(connection, $"CREATE SCHEMA {Migrations.EvidenceSchema}");
        }
    }

    /// <summary>The next use looks at the database anew, over new connections.</summary>
    private void Forget()
    {
        lock (_gate)
        {
            _ready = false;
        }

        _source.Clear();
    }

    private static void Run(NpgsqlConnection connection, string sql)
    {
        using var command = new NpgsqlCommand(sql, connection);
        command.ExecuteNonQuery();
    }

    [LoggerMessage(LogLevel.Information, "The evidence store is open at {Place}")]
    private partial void LogOpened(string place);

    [LoggerMessage(LogLevel.Error, "The evidence store {Place} failed and is looked at anew at the next use: {Reason}")]
    private partial void LogFailed(string place, string reason);
}

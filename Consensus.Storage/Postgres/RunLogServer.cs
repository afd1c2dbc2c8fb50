using System.Data.Common;
using Consensus.Storage.Databases;
using Consensus.Storage.Runs;
using Dapper;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Consensus.Storage.Postgres;

/// <summary>A PostgreSQL database that holds the run log, for several processes at once.</summary>
/// <remarks>
/// A transaction that writes takes an advisory lock first and holds it until its end: one process at a time appends to the audit trail, and what one reads
/// before it writes is what stands there, as with the one writer of a file.
/// </remarks>
internal sealed partial class RunLogServer : RunDatabase
{
    /// <summary>Who writes. The second number is of those who bring the schema up to date.</summary>
    private const string WriteLock = "SELECT pg_advisory_xact_lock(1129074515, 1)";

    private const string MigrationLock = "SELECT pg_advisory_lock(1129074515, 2)";

    private readonly Lock _gate = new();

    /// <summary>For connections of their own, which are closed with their use: one that has lain in a pool may be lost.</summary>
    private readonly string _unpooled;
    private readonly NpgsqlDataSource _readers;
    private readonly ILogger _logger;
    private readonly ServerSchema _schema;
    private bool _ready;

    /// <param name="connectionString">Server, database and user, as Npgsql takes them.</param>
    /// <param name="logger">Where it logs.</param>
    /// <param name="schema">What may be done to the schema.</param>
    /// <exception cref="ArgumentException">The text is no connection string, or names no server or database.</exception>
    public RunLogServer(string connectionString, ILogger logger, ServerSchema schema = ServerSchema.Upgrade)
    {
        var settings = Settings(connectionString);
        Place = $"{settings.Host}:{settings.Port}/{settings.Database}";
        _readers = NpgsqlDataSource.Create(settings.ConnectionString);
        settings.Pooling = false;
        _unpooled = settings.ConnectionString;
        _logger = logger;
        _schema = schema;
    }

    public override string Place { get; }

    public override bool IsShared => true;

    public override IReadOnlyList<string> Begin { get; } = ["BEGIN", WriteLock];

    /// <summary>Reads a connection string and sets what this program needs and it does not say.</summary>
    /// <exception cref="ArgumentException">The text is no connection string, or names no server or database.</exception>
    public static NpgsqlConnectionStringBuilder Settings(string connectionString)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString);
        if (string.IsNullOrEmpty(settings.Host) || string.IsNullOrEmpty(settings.Database))
            throw new ArgumentException("A connection string of PostgreSQL names a Host and a Database.", nameof(connectionString));
        if (string.IsNullOrEmpty(settings.ApplicationName))
            settings.ApplicationName = "consensus";
        if (settings.MaxAutoPrepare == 0)
            settings.MaxAutoPrepare = 200;
        settings.IncludeErrorDetail = false;
        return settings;
    }

    public override DbConnection OpenWriter()
    {
        EnsureReady();
        return Open(new NpgsqlConnection(_unpooled));
    }

    public override DbConnection OpenReader()
    {
        EnsureReady();
        return Open(_readers.CreateConnection());
    }

    public override DbConnection OpenBeside() => OpenReader();

    public override void EnsureReady()
    {
        lock (_gate)
        {
            if (_ready)
                return;
            using (var alone = Open(new NpgsqlConnection(_unpooled)))
            {
                // Kept until the connection is closed; several processes may begin at once.
                alone.Execute(MigrationLock);
                Prepare();
            }

            _ready = true;
            LogOpened(Place);
        }
    }

    private void Prepare()
    {
        if (_schema == ServerSchema.Upgrade)
            Migrations.RunPostgres(_unpooled, _logger);
        else if (Migrations.IsCurrentPostgres(_unpooled, _logger) is not { } isCurrent)
            MakeIfAllowed();
        else if (!isCurrent)
            throw new RunLogUnavailableException($"The run log {Place} was written by an earlier version: start an API of this version, which brings it up to date.");
    }

    private void MakeIfAllowed()
    {
        if (_schema == ServerSchema.Keep)
            throw new RunLogUnavailableException($"There is no run log in {Place}.");
        Migrations.RunPostgres(_unpooled, _logger);
    }

    public override void Forget()
    {
        lock (_gate)
            _ready = false;
        _readers.Clear();
    }

    /// <summary>A value that does not fit, a broken rule, or too large a text: classes 22, 23 and 54 of the standard's codes.</summary>
    public override bool IsOwn(DbException fault) => fault.SqlState is { Length: 5 } state && state[..2] is "22" or "23" or "54";

    /// <summary>The server wipes on its own, when it vacuums the tables: nothing is left to do here.</summary>
    public override bool TryWipe(DbConnection writer) => true;

    public override long MeasureBytes()
    {
        try
        {
            using var connection = OpenReader();
            return connection.QuerySingle<long>("SELECT pg_database_size(current_database())");
        }
        catch (Exception fault) when (fault is DbException or RunLogUnavailableException)
        {
            return 0;
        }
    }

    public override long? MeasureFreeDisk() => null;

    public override (long FreeBytes, bool GivesBack) MeasureSpace(DbConnection connection) => (0, false);

    public override long GiveBack(DbConnection writer, int pages) => 0;

    /// <summary>The server checks its own pages; what is read here is every row, through the keys.</summary>
    public override IReadOnlyList<string> Check(DbConnection connection)
    {
        try
        {
            var tables = connection.Query<string>("SELECT quote_ident(table_name) FROM information_schema.tables WHERE table_schema = current_schema() AND table_type = 'BASE TABLE'");
            foreach (var table in tables.AsList())
                connection.Execute($"SELECT count(t::text) FROM {table} t");
            return [];
        }
        catch (PostgresException fault)
        {
            return [fault.MessageText];
        }
    }

    public override void Dispose()
    {
        base.Dispose();
        _readers.Dispose();
    }

    private static PostgresConnection Open(NpgsqlConnection inner)
    {
        var connection = new PostgresConnection(inner);
        try
        {
            connection.Open();
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    [LoggerMessage(LogLevel.Information, "The run log is open at {Place}")]
    private partial void LogOpened(string place);
}

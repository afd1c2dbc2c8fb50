using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace Consensus.Testing;

/// <summary>
/// A PostgreSQL server of this process's own, from Debian's package, with a database for each test. It listens on loopback only, keeps nothing, and ends with
/// the process, also when that is killed: it lives as long as the pipe that it is started with.
/// </summary>
internal sealed class TestPostgres
{
    private const string User = "consensus";

    private static readonly Lazy<TestPostgres?> Server = new(Start);

    private static int _databases;

    private readonly Lock _gate = new();
    private readonly string _address;
    private bool _isPrepared;

    /// <summary>Held, so that its pipe stays open.</summary>
    private readonly Process _server;

    private TestPostgres(string address, Process server) => (_address, _server) = (address, server);

    /// <summary>Makes a database and returns its connection string; skips the test where PostgreSQL is not installed.</summary>
    /// <param name="prepare">What is to stand in it: done once, and copied for each test; <c>null</c>: nothing.</param>
    public static string NewDatabase(Action<string>? prepare = null)
    {
        if (Server.Value is not { } server)
        {
            Assert.Skip("PostgreSQL is not installed");
            throw new InvalidOperationException();
        }

        var name = $"test_{Interlocked.Increment(ref _databases)}";
        Run(server._address + "Database=postgres", $"CREATE DATABASE {name} TEMPLATE {(prepare is null ? "template1" : server.Prepared(prepare))}");
        return server._address + $"Database={name}";
    }

    private string Prepared(Action<string> prepare)
    {
        lock (_gate)
        {
            if (!_isPrepared)
            {
                Run(_address + "Database=postgres", "CREATE DATABASE prepared");
                prepare(_address + "Database=prepared;Pooling=false");
                _isPrepared = true;
            }
        }

        return "prepared";
    }

    /// <summary>Runs a statement on a connection of its own.</summary>
    public static void Run(string connectionString, string sql)
    {
        using var connection = new NpgsqlConnection(connectionString + ";Pooling=false");
        connection.Open();
        using var command = new NpgsqlCommand(sql, connection);
        command.ExecuteNonQuery();
    }

    private static TestPostgres? Start()
    {
        if (FindPrograms() is not { } programs)
        {
            return null;
        }

        var folder = Directory.CreateTempSubdirectory("consensus-postgres-").FullName;
        var port = FreePort();
        // The server refuses to run as root: there it runs as the user of Debian's package.
        var script =
            $"""
             as=; if [ "$(id -u)" = 0 ]; then chown postgres "{folder}"; as="setpriv --reuid=postgres --regid=postgres --clear-groups"; fi
             cd "{folder}"
             $as "{programs}/initdb" -D "{folder}/data" -U {User} -A trust -E UTF8 --locale=C.UTF-8 --no-sync > "{folder}/log" 2>&1
             $as "{programs}/postgres" -D "{folder}/data" -h 127.0.0.1 -p {port} -k "" -c fsync=off -c full_page_writes=off -c synchronous_commit=off \
                 -c max_connections=300 -c shared_buffers=64MB -c autovacuum=off >> "{folder}/log" 2>&1 &
             server=$!
             cat > /dev/null
             kill -INT $server; wait $server; rm -rf "{folder}"
             """;
        var shell = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", script]) { UseShellExecute = false, RedirectStandardInput = true })!;
        var address = $"Host=127.0.0.1;Port={port};Username={User};";
        var began = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                Run(address + "Database=postgres", "SELECT 1");
                return new TestPostgres(address, shell);
            }
            catch (NpgsqlException) when (Stopwatch.GetElapsedTime(began) < TimeSpan.FromMinutes(1))
            {
                Thread.Sleep(50); // asked again until it answers
            }
            catch (NpgsqlException fault)
            {
                var log = Path.Combine(folder, "log");
                throw new InvalidOperationException($"PostgreSQL did not start: {(File.Exists(log) ? File.ReadAllText(log) : "it left no log")}", fault);
            }
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>The folder of the newest server's programs.</summary>
    private static string? FindPrograms() =>
        new[] { Environment.GetEnvironmentVariable("CONSENSUS_POSTGRES_BIN") ?? "" }
            .Concat((Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator))
            .Concat(Directory.Exists("/usr/lib/postgresql")
                ? Directory.GetDirectories("/usr/lib/postgresql").OrderByDescending(static path => int.TryParse(Path.GetFileName(path), out var version) ? version : 0).Select(static path => Path.Combine(path, "bin"))
                : [])
            .FirstOrDefault(static path => path.Length > 0 && File.Exists(Path.Combine(path, "postgres")) && File.Exists(Path.Combine(path, "initdb")));
}

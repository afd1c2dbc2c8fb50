using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace Consensus.Testing;

/// <summary>
/// A PostgreSQL server of this process's own, from Debian's package, with a database for each test. It listens on loopback only, keeps nothing, and ends with
/// the process, also when that is killed: it lives as long as the pipe that it is started with. A line in the pipe starts it anew.
/// </summary>
internal sealed class TestPostgres : IDisposable
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

    /// <summary>The database that every server has, of this one.</summary>
    public string ConnectionString => _address + "Database=postgres";

    /// <summary>Starts a server for one test, to do with as it likes; skips the test where PostgreSQL is not installed.</summary>
    public static TestPostgres StartOwn() => Start() is { } own ? own : throw Skipped();

    /// <summary>Makes a database and returns its connection string; skips the test where PostgreSQL is not installed.</summary>
    /// <param name="prepare">What is to stand in it: done once, and copied for each test; <c>null</c>: nothing.</param>
    public static string NewDatabase(Action<string>? prepare = null)
    {
        if (Server.Value is not { } server)
        {
            throw Skipped();
        }

        var name = $"test_{Interlocked.Increment(ref _databases)}";
        Run(server._address + "Database=postgres", $"CREATE DATABASE {name} TEMPLATE {(prepare is null ? "template1" : server.Prepared(prepare))}");
        return server._address + $"Database={name}";
    }

    /// <summary>Stops the server, which breaks all connections, and starts it again with what it had.</summary>
    public void Restart()
    {
        var before = BeganAt();
        _server.StandardInput.WriteLine();
        _server.StandardInput.Flush();
        Until(() => BeganAt() != before, static () => "PostgreSQL did not start again");

        DateTime BeganAt()
        {
            using var connection = new NpgsqlConnection(ConnectionString + ";Pooling=false");
            connection.Open();
            using var command = new NpgsqlCommand("SELECT pg_postmaster_start_time()", connection);
            return (DateTime)command.ExecuteScalar()!;
        }
    }

    /// <summary>Ends the server.</summary>
    public void Dispose()
    {
        _server.StandardInput.Close();
        _server.WaitForExit();
        _server.Dispose();
    }

    private static InvalidOperationException Skipped()
    {
        Assert.Skip("PostgreSQL is not installed");
        return new InvalidOperationException();
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
             again=yes
             while [ "$again" ]; do
                 $as "{programs}/postgres" -D "{folder}/data" -h 127.0.0.1 -p {port} -k "" -c fsync=off -c full_page_writes=off -c synchronous_commit=off \
                     -c max_connections=300 -c shared_buffers=64MB -c autovacuum=off >> "{folder}/log" 2>&1 &
                 server=$!
                 read -r line || again=
                 kill -INT $server; wait $server
             done
             rm -rf "{folder}"
             """;
        var shell = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", script]) { UseShellExecute = false, RedirectStandardInput = true })!;
        var address = $"Host=127.0.0.1;Port={port};Username={User};";
        Until(
            () =>
            {
                Run(address + "Database=postgres", "SELECT 1");
                return true;
            },
            () => $"PostgreSQL did not start: {(Path.Combine(folder, "log") is var log && File.Exists(log) ? File.ReadAllText(log) : "it left no log")}");
        return new TestPostgres(address, shell);
    }

    /// <summary>Asks a server that starts until it answers as it should.</summary>
    private static void Until(Func<bool> isSo, Func<string> otherwise)
    {
        for (var began = Stopwatch.GetTimestamp(); ; Thread.Sleep(50))
        {
            try
            {
                if (isSo())
                {
                    return;
                }
            }
            catch (NpgsqlException fault) when (Stopwatch.GetElapsedTime(began) >= TimeSpan.FromMinutes(1))
            {
                throw new InvalidOperationException(otherwise(), fault);
            }
            catch (NpgsqlException)
            {
                // It does not listen yet, or no longer.
            }

            if (Stopwatch.GetElapsedTime(began) >= TimeSpan.FromMinutes(1))
            {
                throw new InvalidOperationException(otherwise());
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

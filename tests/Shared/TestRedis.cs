using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Garnet;
using Garnet.server;
using Garnet.server.Auth.Settings;
using StackExchange.Redis;

namespace Consensus.Testing;

/// <summary>A Redis of a test's own: Garnet in this process or Debian's redis-server, both with a password and empty at the start.</summary>
internal sealed class TestRedis : IDisposable
{
    public const string Garnet = "garnet";
    public const string RedisServer = "redis-server";

    private IDisposable? _server;

    private TestRedis(IDisposable server, string connectionString)
    {
        _server = server;
        ConnectionString = connectionString;
    }

    public static TheoryData<string> Kinds => [Garnet, RedisServer];

    public string ConnectionString { get; }

    /// <summary>Starts a server at a free port with a password of its own, unless they are given.</summary>
    /// <param name="kind">Which server.</param>
    /// <param name="port">The port.</param>
    /// <param name="password">The password.</param>
    /// <param name="folder">Where it keeps every write before it answers, and what it has when it starts there again; <c>null</c>: in memory only.</param>
    public static async Task<TestRedis> StartAsync(string kind, int? port = null, string? password = null, string? folder = null)
    {
        password ??= RandomNumberGenerator.GetHexString(16);
        var at = port ?? FreePort();
        IDisposable server = kind == Garnet ? StartGarnet(at, password, folder) : StartRedisServer(at, password, folder);
        var redis = new TestRedis(server, $"127.0.0.1:{at},password={password}");
        await Eventually.HoldsAsync(async () =>
        {
            var options = ConfigurationOptions.Parse(redis.ConnectionString);
            options.AbortOnConnectFail = false;
            await using var client = await ConnectionMultiplexer.ConnectAsync(options);
            return client.IsConnected;
        });
        return redis;
    }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Ends the server; a test that did so in its middle may do it again.</summary>
    public void Dispose() => Interlocked.Exchange(ref _server, null)?.Dispose();

    private static GarnetServer StartGarnet(int port, string password, string? folder)
    {
        var server = new GarnetServer(new GarnetServerOptions
        {
            EndPoints = [new IPEndPoint(IPAddress.Loopback, port)],
            AuthSettings = new PasswordAuthenticationSettings(password),
            LogMemorySize = "64m",
            IndexMemorySize = "1m",
            QuietMode = true,
            EnableAOF = folder is not null,
            CommitFrequencyMs = 0,
            WaitForCommit = folder is not null,
            Recover = folder is not null,
            CheckpointDir = folder,
            // The native device needs a library that a bare machine lacks.
            DeviceType = Tsavorite.core.DeviceType.RandomAccess,
        });
        server.Start();
        return server;
    }

    private static ServerProcess StartRedisServer(int port, string password, string? folder)
    {
        string[] kept = folder is null ? ["--appendonly", "no"] : ["--appendonly", "yes", "--appendfsync", "always", "--dir", folder];
        try
        {
            return new ServerProcess(Process.Start(new ProcessStartInfo(
                RedisServer,
                ["--port", $"{port}", "--bind", "127.0.0.1", "--requirepass", password, "--save", "", .. kept])
            {
                UseShellExecute = false,
                RedirectStandardOutput = true,
            })!);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip("redis-server is not installed");
            throw;
        }
    }

    private sealed class ServerProcess(Process process) : IDisposable
    {
        private bool _ended;

        public void Dispose()
        {
            if (_ended)
            {
                return;
            }

            _ended = true;
            process.Kill();
            process.WaitForExit();
            process.Dispose();
        }
    }
}

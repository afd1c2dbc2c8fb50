using System.Net;
using System.Security.Cryptography;
using Consensus.AppHost.Networking;
using Garnet;
using Garnet.server;
using Garnet.server.Auth.Settings;

namespace Consensus.AppHost.Redis;

/// <summary>A Redis of this process: Garnet on loopback with a password of its own. What it holds ends with the process.</summary>
internal sealed class GarnetRedis : IDisposable
{
    private readonly GarnetServer _server;

    private GarnetRedis(GarnetServer server, int port, string password)
    {
        _server = server;
        Port = port;
        Password = password;
    }

    public static string Host => "127.0.0.1";

    public int Port { get; }

    public string Password { get; }

    public string ConnectionString => $"{Host}:{Port},password={Password}";

    /// <summary>Starts a server at any free port.</summary>
    /// <exception cref="Exception">Garnet throws several kinds when it cannot start.</exception>
    public static GarnetRedis Start()
    {
        var port = FreePort.Choose();
        var password = RandomNumberGenerator.GetHexString(32, lowercase: true);
        var server = new GarnetServer(new GarnetServerOptions
        {
            EndPoints = [new IPEndPoint(IPAddress.Loopback, port)],
            AuthSettings = new PasswordAuthenticationSettings(password),
            LogMemorySize = "256m",
            IndexMemorySize = "1m",
            QuietMode = true,
        });
        server.Start();
        return new GarnetRedis(server, port, password);
    }

    public void Dispose() => _server.Dispose();
}

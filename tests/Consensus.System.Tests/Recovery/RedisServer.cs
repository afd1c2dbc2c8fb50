using System.Net;
using System.Net.Sockets;
using Consensus.SystemTests.Running;

namespace Consensus.SystemTests.Recovery;

/// <summary>A real redis-server on a free port, which can be killed and started again on the same one.</summary>
internal sealed class RedisServer : IAsyncDisposable
{
    private const string Command = "redis-server";

    private readonly int _port = FreePort();
    private RunningProcess? _process;

    public string ConnectionString => $"127.0.0.1:{_port},abortConnect=false,connectTimeout=1000";

    public static bool IsInstalled => Environment.GetEnvironmentVariable("PATH")!.Split(Path.PathSeparator).Any(p => File.Exists(Path.Combine(p, Command)));

    public async Task StartAsync()
    {
        _process = RunningProcess.Start(Command, ["--port", $"{_port}", "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"], folder: Path.GetTempPath());
        await _process.Lines.FirstAsync(line => line.Contains("Ready to accept connections", StringComparison.Ordinal) ? line : null, "redis-server's readiness", TimeSpan.FromSeconds(30));
    }

    public async Task KillAsync()
    {
        _process!.Kill();
        await _process.ExitAsync(TimeSpan.FromSeconds(30));
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            await _process.DisposeAsync();
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}

using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Consensus.LanguageModels.Tests.Support;

/// <summary>Answers each connection with given bytes and closes it in good order: what no HTTP server would send.</summary>
internal sealed class RawServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Task _serving;
    private int _requests;

    public RawServer(string answer)
    {
        _listener.Start();
        _serving = ServeAsync(Encoding.UTF8.GetBytes(answer));
    }

    public Uri Endpoint => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/v1");

    public int Requests => Volatile.Read(ref _requests);

    /// <summary>An HTTP answer that announces the whole body and holds half of it.</summary>
    public static RawServer CutOff(string json, string status = "200 OK") => new(
        $"HTTP/1.1 {status}\r\nContent-Type: application/json\r\nContent-Length: {Encoding.UTF8.GetByteCount(json)}\r\n\r\n{json[..(json.Length / 2)]}");

    /// <summary>An HTTP answer in chunks whose last one never comes.</summary>
    public static RawServer CutOffChunks(string json) => new(
        $"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n{Encoding.UTF8.GetByteCount(json):x}\r\n{json}\r\n");

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        await _serving;
    }

    private async Task ServeAsync(byte[] answer)
    {
        try
        {
            while (true)
            {
                using var client = await _listener.AcceptTcpClientAsync();
                await using var stream = client.GetStream();
                await ReadRequestAsync(stream);
                Interlocked.Increment(ref _requests);
                await stream.WriteAsync(answer);
                client.Client.Shutdown(SocketShutdown.Send);
                await stream.CopyToAsync(Stream.Null);
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or IOException or InvalidOperationException)
        {
            // The listener has been stopped, or the client has hung up.
        }
    }

    /// <summary>Reads to the end of the body, so that closing cannot reset the connection under the answer.</summary>
    private static async Task ReadRequestAsync(NetworkStream stream)
    {
        var text = "";
        var buffer = new byte[4096];
        while (await stream.ReadAsync(buffer) is var read and > 0)
        {
            text += Encoding.Latin1.GetString(buffer, 0, read);
            var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
            if (end < 0)
                continue;
            var line = text.Split("\r\n").FirstOrDefault(l => l.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase));
            if (line is null || text.Length >= end + 4 + int.Parse(line["Content-Length:".Length..]))
                return;
        }
    }
}

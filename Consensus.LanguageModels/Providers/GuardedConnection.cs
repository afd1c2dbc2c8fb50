using System.Net;
using System.Net.Sockets;

namespace Consensus.LanguageModels.Providers;

/// <summary>
/// Opens the connections to providers. A name is looked at once it is resolved, for that is when it can be seen where it leads: one that leads to a link-local
/// address, on purpose or since its records were changed, gets no connection. Behind a proxy, the proxy is what is connected to, and the one that resolves.
/// </summary>
internal static class GuardedConnection
{
    public static async ValueTask<Stream> OpenAsync(DnsEndPoint end, bool allowLinkLocal, CancellationToken cancellationToken)
    {
        var addresses = await Dns.GetHostAddressesAsync(end.Host, cancellationToken);
        var admitted = allowLinkLocal ? addresses : [.. addresses.Where(address => !LinkLocal.Is(address))];
        if (admitted.Length == 0)
            throw addresses.Length == 0 ? new SocketException((int)SocketError.HostNotFound) : new LinkLocalAddressException();

        for (var i = 0; ; i++)
        {
            try
            {
                return await ConnectAsync(admitted[i], end.Port, cancellationToken);
            }
            catch (SocketException) when (i < admitted.Length - 1)
            {
                // The next address of the same name may answer.
            }
        }
    }

    private static async Task<NetworkStream> ConnectAsync(IPAddress address, int port, CancellationToken cancellationToken)
    {
        var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(address, port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}

/// <summary>Every address of a provider's name is link-local.</summary>
internal sealed class LinkLocalAddressException : Exception
{
    public LinkLocalAddressException()
        : base("The name leads to a link-local address.")
    {
    }
}

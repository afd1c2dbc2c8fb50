using System.Net;
using Consensus.ApiService.Auth;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Options;

namespace Consensus.ApiService.Hosting;

/// <summary>Opens the listeners, and refuses any that is not on loopback when somebody may come without a key. It sees every endpoint, however it was configured.</summary>
internal sealed class LoopbackGuard(AccessRules rules, IOptions<SocketTransportOptions> options, ILoggerFactory loggers)
    : IConnectionListenerFactory, IConnectionListenerFactorySelector
{
    private readonly SocketTransportFactory _sockets = new(options, loggers);

    /// <summary>Whether no listener so far can be reached from another machine.</summary>
    public bool AllLoopback { get; private set; } = true;

    public ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default)
    {
        Admit(endpoint);
        return _sockets.BindAsync(endpoint, cancellationToken);
    }

    public bool CanBind(EndPoint endpoint) => _sockets.CanBind(endpoint);

    /// <exception cref="StartRefusedException">Others could connect, and somebody may come without a key.</exception>
    internal void Admit(EndPoint endpoint)
    {
        var isLoopback = endpoint is not IPEndPoint { Address: var address } || IPAddress.IsLoopback(address);
        if (!isLoopback && rules.LoopbackOnly)
        {
            throw new StartRefusedException(ListenAddresses.Refusal(endpoint.ToString(), rules));
        }

        AllLoopback &= isLoopback;
    }
}

using System.Net;

namespace Consensus.ServiceDefaults.Http;

/// <summary>The names by which a machine calls itself. A page of another site that rebinds its name to 127.0.0.1 still sends that name.</summary>
public static class LoopbackName
{
    /// <summary>Whether a host, as it stands in a header or an address, is <c>localhost</c> or an address of the loopback network.</summary>
    public static bool Is(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
}

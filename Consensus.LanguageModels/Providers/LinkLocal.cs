using System.Collections.Frozen;
using System.Net;
using System.Net.Sockets;

namespace Consensus.LanguageModels.Providers;

/// <summary>
/// Addresses that mean something only on the machine's own link, above all the metadata service of a cloud, which hands out the machine's credentials to whoever
/// asks from it: 169.254.0.0/16 (RFC 3927), fe80::/10 (RFC 4291), and the metadata addresses of clouds that lie elsewhere.
/// </summary>
internal static class LinkLocal
{
    /// <summary>Amazon over IPv6, Alibaba, Azure's host.</summary>
    private static readonly FrozenSet<IPAddress> Metadata =
        FrozenSet.Create(IPAddress.Parse("fd00:ec2::254"), IPAddress.Parse("100.100.100.200"), IPAddress.Parse("168.63.129.16"));

    public static bool Is(IPAddress address)
    {
        var bare = Bare(address);
        return Metadata.Contains(bare) || (bare.AddressFamily == AddressFamily.InterNetwork ? bare.GetAddressBytes() is [169, 254, ..] : bare.IsIPv6LinkLocal);
    }

    /// <summary>The IPv4 address inside an IPv6 one, where there is one: mapped (RFC 4291), or behind the translator's well-known prefix 64:ff9b::/96 (RFC 6052).</summary>
    private static IPAddress Bare(IPAddress address)
    {
        if (address.AddressFamily != AddressFamily.InterNetworkV6)
            return address;
        if (address.IsIPv4MappedToIPv6)
            return address.MapToIPv4();
        var bytes = address.GetAddressBytes();
        return bytes is [0, 0x64, 0xff, 0x9b, 0, 0, 0, 0, 0, 0, 0, 0, ..] ? new IPAddress(bytes[12..]) : new IPAddress(bytes);
    }
}

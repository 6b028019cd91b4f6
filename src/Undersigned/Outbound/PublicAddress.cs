using System.Net;
using System.Net.Sockets;

namespace Undersigned.Outbound;

/// <summary>Which addresses are somebody's on the internet: IANA's registries of special-purpose addresses, and what clouds keep their metadata behind.</summary>
public static class PublicAddress
{
    private static readonly IPNetwork[] Refused =
    [
        .. new[]
        {
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16",
            "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
            // Azure's own, in the middle of public addresses.
            "168.63.129.16/32",
            // Protocols (Teredo, ORCHID …), documentation, 6to4.
            "2001::/23", "2001:db8::/32", "3fff::/20", "2002::/16",
        }.Select(n => IPNetwork.Parse(n)),
    ];

    // All other IPv6 is private, local, multicast, leads to IPv4 (mapped, NAT64), or is not given out yet.
    private static readonly IPNetwork GivenOut = IPNetwork.Parse("2000::/3");

    public static bool Is(IPAddress address) =>
        (address.AddressFamily == AddressFamily.InterNetwork || GivenOut.Contains(address)) && !Array.Exists(Refused, n => n.Contains(address));
}

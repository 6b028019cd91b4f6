using System.Net;

namespace Undersigned.Outbound;

/// <summary>Whom the program may reach, and who tells it where a name leads. Tests and the demo set others, in code; no flag and no variable does.</summary>
public sealed record OutboundRules
{
    /// <summary>Loopback, and HTTP without TLS.</summary>
    public bool MayReachThisMachine { get; init; }

    public Func<string, CancellationToken, Task<IPAddress[]>> Resolve { get; init; } = Dns.GetHostAddressesAsync;

    internal bool Allows(IPAddress address) => PublicAddress.Is(address) || MayReachThisMachine && IPAddress.IsLoopback(address);

    /// <summary>Where a host leads; throws SocketException for a name that nobody knows.</summary>
    internal async Task<IPAddress[]> AddressesAsync(string host, CancellationToken cancellation) =>
        IPAddress.TryParse(host, out var literal) ? [literal] : await Resolve(host, cancellation);
}

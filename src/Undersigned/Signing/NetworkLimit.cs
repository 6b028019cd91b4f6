using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace Undersigned.Signing;

public enum Limited { Form, Code }

/// <summary>
/// How often one network (IPv4 /24, IPv6 /56) may send a form or try a code. Networks are known by a keyed hash alone; the key lives
/// in memory and is another each day, so that nothing here tells who was here yesterday.
/// </summary>
public sealed class NetworkLimit(TimeProvider time)
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(10);

    // A conference or a ministry behind one address signs together; a program does a hundred times that.
    private static int Most(Limited what) => what == Limited.Form ? 120 : 240;

    private const int MostNetworks = 100_000;

    private readonly ConcurrentDictionary<string, Count> counts = new(StringComparer.Ordinal);
    private readonly Lock turning = new();
    private byte[] key = RandomNumberGenerator.GetBytes(32);
    private DateTime day;

    /// <summary>Counts one attempt. Null where it may go on; otherwise after how many minutes.</summary>
    public int? Attempt(Limited what, IPAddress? address)
    {
        // A proxy of this machine that does not say for whom it speaks speaks for everybody.
        if (address is null || IPAddress.IsLoopback(address))
            return null;
        var now = time.GetUtcNow();
        var count = counts.AddOrUpdate(KeyOf(what, address, now), _ => new Count(now, 1), (_, c) => now - c.Since >= Window ? new Count(now, 1) : c with { Number = c.Number + 1 });
        return count.Number <= Most(what) ? null : Math.Max(1, (int)Math.Ceiling((count.Since + Window - now).TotalMinutes));
    }

    private string KeyOf(Limited what, IPAddress address, DateTimeOffset now)
    {
        lock (turning)
        {
            if (day != now.UtcDateTime.Date || counts.Count > MostNetworks)
            {
                (day, key) = (now.UtcDateTime.Date, RandomNumberGenerator.GetBytes(32));
                counts.Clear();
            }
            return what + Convert.ToHexString(HMACSHA256.HashData(key, NetworkOf(address)).AsSpan(0, 16));
        }
    }

    internal static byte[] NetworkOf(IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return plain.GetAddressBytes()[..(plain.AddressFamily == AddressFamily.InterNetwork ? 3 : 7)];
    }

    private readonly record struct Count(DateTimeOffset Since, int Number);
}

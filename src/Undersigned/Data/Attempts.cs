using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Undersigned.Model;

namespace Undersigned.Data;

public enum Attempt { Form, Code }

/// <summary>Whose limit is reached.</summary>
public enum LimitOf { Network, Address, Domain, Letter }

/// <param name="Minutes">After so many it can go on.</param>
public sealed record OverLimit(LimitOf Of, int Minutes);

/// <summary>
/// How often a network (IPv4 /24, IPv6 /56), an address, a domain and a whole letter may send a form: in ten minutes and in a day, as
/// the letter's limits say at the moment. Counted in memory, so that a form asks no database; every few seconds the servers of one
/// database tell each other what they counted (<see cref="AttemptsExchange"/>), so a limit may be passed by what comes in between and by no
/// more. Networks and addresses are known by keyed hashes, and the networks' key is another each day. What one limit refuses does not count
/// for the next, so that nobody can use up a letter's limit from one network.
/// </summary>
public sealed partial class Attempts(InstanceKeys keys, TimeProvider time)
{
    private static readonly TimeSpan Burst = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Sustained = TimeSpan.FromDays(1);
    private const int MostTallies = 200_000;
    /// <summary>Somebody who mistypes six digits tries again more often than somebody who signs.</summary>
    private const int CodesPerForm = 2;

    internal const int TokenBurst = 600;
    private const int TokenSustained = 10_000;

    private readonly ConcurrentDictionary<string, Tally> tallies = new(StringComparer.Ordinal);
    /// <summary>Of each letter the domain that last sent an unusual number, for whoever has not typed an address yet.</summary>
    private readonly ConcurrentDictionary<long, string> busiest = new();

    /// <summary>Counts a form that names no address of its own right, or a try of a code. Null where it may go on; else after how many minutes.</summary>
    public int? Count(Attempt what, Letter letter, IPAddress? address)
    {
        if (NetworkKey(letter, address) is not { } network)
            return null;
        var limits = letter.Limits;
        var times = what == Attempt.Code ? CodesPerForm : 1;
        return Add($"{what}/{network}", times * limits.NetworkBurst, times * limits.NetworkSustained);
    }

    /// <summary>Counts a form that asks for a signature or reports a line.</summary>
    public OverLimit? CountForm(Letter letter, IPAddress? address, EmailAddress email)
    {
        var limits = letter.Limits;
        if (Count(Attempt.Form, letter, address) is { } minutes)
            return new(LimitOf.Network, minutes);
        if (Add($"address/{letter.Id}/{Convert.ToHexString(keys.AddressTag(letter.Id, email))}", limits.AddressBurst, limits.AddressSustained) is { } waits)
            return new(LimitOf.Address, waits);
        var domain = DomainKey(letter, email.Domain);
        // Half of all people have their mailbox with one of a few providers; that many come from there says nothing.
        if (!MailProviders.Has(email.Domain) && Add(domain, limits.DomainBurst, limits.DomainSustained) is { } domainWaits)
            return new(LimitOf.Domain, domainWaits);
        if (IsUnusual(Seen(domain, time.GetUtcNow()), limits.SuspectDomain, limits.SuspectTimes))
            busiest[letter.Id] = domain;
        return Add(LetterKey(letter), limits.LetterBurst, limits.LetterSustained) is { } letterWaits ? new(LimitOf.Letter, letterWaits) : null;
    }

    /// <summary>Counts a request with a token: a whole list of 100,000 in pages of 500 fits within ten minutes, and fifty such lists within a day.</summary>
    public int? CountRequest(ApiToken token) => Add($"token/{token.Id}", TokenBurst, TokenSustained);

    /// <summary>
    /// Whether more comes at once than usual: over the letter, from this network, from this domain (or, where none is given, from any), or
    /// because an owner says so.
    /// </summary>
    public bool IsUnderSuspicion(Letter letter, IPAddress? address, string? domain = null)
    {
        var limits = letter.Limits;
        if (limits.AskForWork)
            return true;
        var now = time.GetUtcNow();
        var all = Seen(LetterKey(letter), now);
        if (IsUnusual(all, limits.SuspectLetter, limits.SuspectTimes))
            return true;
        // Networks have no past. One that sends more than the whole letter usually gets is worth a second of its machine's time.
        if (NetworkKey(letter, address) is { } network && Seen($"{Attempt.Form}/{network}", now) is { } here
            && here.Number >= limits.SuspectNetwork && here.Number > limits.SuspectTimes * all.Usual)
            return true;
        var key = domain is null ? busiest.GetValueOrDefault(letter.Id) : DomainKey(letter, domain);
        return key is not null && IsUnusual(Seen(key, now), limits.SuspectDomain, limits.SuspectTimes);
    }

    /// <summary>The network of a form, to be kept with its signature for two days; null where the address tells nothing.</summary>
    public byte[]? NetworkTag(Letter letter, IPAddress? address) =>
        NetworkOf(address) is { } network ? keys.NetworkTag(letter.Id, DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime), network) : null;

    private static bool IsUnusual(Tally tally, int floor, int times) => tally.Number >= floor && tally.Number > times * tally.Usual;

    private string? NetworkKey(Letter letter, IPAddress? address) => NetworkTag(letter, address) is { } tag ? Convert.ToHexString(tag) : null;
    private static string DomainKey(Letter letter, string domain) => $"domain/{letter.Id}/{domain}";
    private static string LetterKey(Letter letter) => $"letter/{letter.Id}";

    private int? Add(string key, int burst, int sustained)
    {
        var now = time.GetUtcNow();
        if (tallies.Count > MostTallies)
            Forget(now);
        var own = tallies.AddOrUpdate(key, _ => Tally.Begin(now).Plus(), (_, t) => t.At(now).Plus());
        if (untold.Count > MostTallies)
            untold.Clear();
        untold.AddOrUpdate((key, MinuteOf(now)), 1, (_, n) => n + 1);
        var tally = WithElsewhere(key, own, now);
        if (tally.InADay > sustained)
            return Minutes(tally.DaySince + Sustained - now);
        return tally.Number > burst ? Minutes(tally.Since + Burst - now) : null;
    }

    private static int Minutes(TimeSpan left) => Math.Max(1, (int)Math.Ceiling(left.TotalMinutes));

    /// <summary>As counted here and elsewhere.</summary>
    private Tally Seen(string key, DateTimeOffset now) => WithElsewhere(key, tallies.TryGetValue(key, out var tally) ? tally.At(now) : Tally.Begin(now), now);

    private Tally WithElsewhere(string key, Tally tally, DateTimeOffset now) =>
        !elsewhere.IsEmpty && elsewhere.TryGetValue(Hashed(key), out var there) ? there.AddTo(tally, MinuteOf(now)) : tally;

    private string Hashed(string key) => Convert.ToHexString(keys.AttemptTag(key));

    // What nobody asked about for a day has nothing to say; under a flood of new ones everything begins anew.
    private void Forget(DateTimeOffset now)
    {
        foreach (var (key, tally) in tallies)
            if (now - tally.Since > Sustained)
                tallies.TryRemove(key, out _);
        if (tallies.Count > MostTallies)
            tallies.Clear();
    }

    /// <summary>The first three bytes of IPv4, seven of IPv6. A proxy of this machine that does not say for whom it speaks speaks for everybody.</summary>
    internal static byte[]? NetworkOf(IPAddress? address)
    {
        if (address is null || IPAddress.IsLoopback(address))
            return null;
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return plain.GetAddressBytes()[..(plain.AddressFamily == AddressFamily.InterNetwork ? 3 : 7)];
    }

    /// <param name="Usual">What ten minutes brought before, the recent ones weighing more.</param>
    private readonly record struct Tally(DateTimeOffset Since, int Number, DateTimeOffset DaySince, int InADay, double Usual)
    {
        private const double Weight = 0.05;

        public static Tally Begin(DateTimeOffset now) => new(now, 0, now, 0, 0);

        public Tally Plus() => this with { Number = Number + 1, InADay = InADay + 1 };

        public Tally At(DateTimeOffset now)
        {
            var tally = now - DaySince >= Sustained ? this with { DaySince = now, InADay = 0 } : this;
            var gone = (int)Math.Min(1_000_000, (now - Since) / Burst);
            return gone <= 0 ? tally : tally with
            {
                Since = Since + gone * Burst,
                Number = 0,
                Usual = (Usual * (1 - Weight) + Number * Weight) * Math.Pow(1 - Weight, gone - 1),
            };
        }
    }

    /// <summary>What the other servers counted of one thing. Their burst is of the last ten minutes, their day of the last 24 hours.</summary>
    private sealed class Elsewhere
    {
        private readonly Lock gate = new();
        private readonly Dictionary<(long Server, long Minute), int> counts = [];
        private readonly Dictionary<long, (long Minute, double Usual)> usual = [];

        public void Put(AttemptCount one)
        {
            lock (gate)
            {
                counts[(one.Server, one.Minute)] = one.Number;
                if (usual.GetValueOrDefault(one.Server).Minute <= one.Minute)
                    usual[one.Server] = (one.Minute, one.Usual);
            }
        }

        /// <summary>Forgets what is a day old; whether nothing is left.</summary>
        public bool Forget(long before)
        {
            lock (gate)
            {
                foreach (var old in counts.Keys.Where(k => k.Minute <= before).ToList())
                    counts.Remove(old);
                return counts.Count == 0;
            }
        }

        public Tally AddTo(Tally tally, long minute)
        {
            lock (gate)
            {
                var (burst, day) = (0, 0);
                foreach (var ((_, at), number) in counts)
                {
                    day += at > minute - MinutesADay ? number : 0;
                    burst += at > minute - MinutesOfBurst ? number : 0;
                }
                return tally with { Number = tally.Number + burst, InADay = tally.InADay + day, Usual = tally.Usual + usual.Values.Sum(u => u.Usual) };
            }
        }
    }
}

using Microsoft.EntityFrameworkCore;
using Undersigned.Model;

namespace Undersigned.Data;

/// <summary>What came from one domain: in the last hour, in the last 24, and before those; and what became of all of it.</summary>
public sealed record DomainTrend(string Domain, int Hour, int Day, int Before, IReadOnlyDictionary<SignatureState, int> States)
{
    /// <summary>Nobody had signed from there until a day ago, and now many did; no mail provider for everybody, no domain that the letter lists.</summary>
    public bool IsNew { get; init; }
    /// <summary>The last hour brought several times what an hour used to bring.</summary>
    public bool IsRising { get; init; }

    public int All => Day + Before;
}

/// <summary>What came from one network today; its tag is another tomorrow, so there is no "before".</summary>
public sealed record NetworkTrend(byte[] Tag, int Hour, int Day, IReadOnlyDictionary<SignatureState, int> States)
{
    /// <summary>More than a few, and a fair share of all that came today.</summary>
    public bool IsMany { get; init; }

    /// <summary>A name for today, for the desk: six digits that tell nothing.</summary>
    public string Name => Convert.ToHexStringLower(Tag.AsSpan(0, 3));
}

/// <summary>From where a letter's signatures come, now against before. Hints for a person who decides, like the look of a name.</summary>
public sealed class Trends
{
    /// <summary>So many from one new domain, or from one network, are worth a look.</summary>
    public const int Many = 5;
    private const int TimesAsMany = 4;
    private const int OneIn = 5;

    private readonly HashSet<string> newDomains;
    private readonly HashSet<string> networks;

    private Trends(IReadOnlyList<DomainTrend> domains, IReadOnlyList<NetworkTrend> networks)
    {
        (Domains, Networks) = (domains, networks);
        newDomains = [.. domains.Where(d => d.IsNew).Select(d => d.Domain)];
        this.networks = [.. networks.Where(n => n.IsMany).Select(n => Convert.ToHexString(n.Tag))];
    }

    /// <summary>Most in the last hour first, then in the last day.</summary>
    public IReadOnlyList<DomainTrend> Domains { get; }
    public IReadOnlyList<NetworkTrend> Networks { get; }

    /// <summary>Codes of <see cref="Oddity"/> for a signature: <see cref="Oddity.NewDomain"/>, <see cref="Oddity.OneNetwork"/>, or none.</summary>
    public IReadOnlyList<string> OdditiesOf(Signature signature)
    {
        var odd = new List<string>(2);
        if (signature.EmailDomain is { } domain && newDomains.Contains(domain))
            odd.Add(Oddity.NewDomain);
        if (signature.NetworkTag is { } tag && networks.Contains(Convert.ToHexString(tag)))
            odd.Add(Oddity.OneNetwork);
        return odd;
    }

    internal static async Task<Trends> ReadAsync(UndersignedDb db, Letter letter, DateTimeOffset now, CancellationToken cancellation)
    {
        var (hour, day) = (now - TimeSpan.FromHours(1), now - TimeSpan.FromDays(1));
        var signed = db.Signatures.AsNoTracking().Where(s => s.LetterId == letter.Id && s.Source != SignatureSource.Import);
        var byDomain = await signed.Where(s => s.EmailDomain != null).GroupBy(s => new { Domain = s.EmailDomain!, s.State })
            .Select(g => new { g.Key.Domain, g.Key.State, All = g.Count(), Day = g.Count(s => s.SubmittedAt > day), Hour = g.Count(s => s.SubmittedAt > hour), First = g.Min(s => s.SubmittedAt) })
            .ToListAsync(cancellation);
        var byNetwork = await signed.Where(s => s.NetworkTag != null && s.SubmittedAt > day).GroupBy(s => new { Tag = s.NetworkTag!, s.State })
            .Select(g => new { g.Key.Tag, g.Key.State, Day = g.Count(), Hour = g.Count(s => s.SubmittedAt > hour) })
            .ToListAsync(cancellation);
        var begun = byDomain.Count == 0 ? now : byDomain.Min(d => d.First);
        var hoursBefore = Math.Max(1, (now - begun).TotalHours - 24);
        var domains = byDomain.GroupBy(d => d.Domain).Select(g => Domain(letter, now - begun > TimeSpan.FromDays(1) ? hoursBefore : null,
            new DomainTrend(g.Key, g.Sum(d => d.Hour), g.Sum(d => d.Day), g.Sum(d => d.All - d.Day), g.ToDictionary(d => d.State, d => d.All))));
        var today = byNetwork.Sum(n => n.Day);
        var networks = byNetwork.GroupBy(n => Convert.ToHexString(n.Tag)).Select(g => Network(today,
            new NetworkTrend(g.First().Tag, g.Sum(n => n.Hour), g.Sum(n => n.Day), g.ToDictionary(n => n.State, n => n.Day))));
        return new Trends(
            [.. domains.OrderByDescending(d => d.Hour).ThenByDescending(d => d.Day).ThenByDescending(d => d.Before).ThenBy(d => d.Domain, StringComparer.Ordinal)],
            [.. networks.OrderByDescending(n => n.Hour).ThenByDescending(n => n.Day).ThenBy(n => n.Name, StringComparer.Ordinal)]);
    }

    /// <param name="hoursBefore">Null on a letter's first day, when every domain is new.</param>
    private static DomainTrend Domain(Letter letter, double? hoursBefore, DomainTrend trend) => trend with
    {
        IsNew = hoursBefore is not null && trend is { Before: 0, Day: >= Many } && !MailProviders.Has(trend.Domain)
            && !letter.Domains.Any(d => string.Equals(d.Domain, trend.Domain, StringComparison.OrdinalIgnoreCase)),
        IsRising = trend is { Before: > 0, Hour: >= Many } && trend.Hour > TimesAsMany * trend.Before / hoursBefore,
    };

    private static NetworkTrend Network(int today, NetworkTrend trend) => trend with { IsMany = trend.Day >= Many && trend.Day * OneIn >= today };
}

public static class TrendsOfLetter
{
    /// <summary>Read once for a screen of names; two queries, whatever the number of names.</summary>
    public static Task<Trends> TrendsAsync(this UndersignedDb db, Letter letter, DateTimeOffset now, CancellationToken cancellation) =>
        Trends.ReadAsync(db, letter, now, cancellation);
}

using Microsoft.EntityFrameworkCore;
using Undersigned.Access;
using Undersigned.Data;
using Undersigned.Model;

namespace Undersigned.Abuse;

/// <summary>From which domains and networks signatures come, in the last hour and day against before, with some of the lines.</summary>
[StaffOnly(StaffRole.Editor)]
public sealed class TrendsModel(UndersignedDb db, TimeProvider time) : StaffPage(db, time)
{
    public const int MostDomains = 50;
    public const int MostNetworks = 20;
    private const int Samples = 5;

    public Trends Trends { get; private set; } = null!;
    public ILookup<string, string> NamesOfDomain { get; private set; } = null!;
    public ILookup<string, string> NamesOfNetwork { get; private set; } = null!;

    public async Task OnGetAsync(CancellationToken cancellation)
    {
        Trends = await Db.TrendsAsync(Letter, Now, cancellation);
        var domains = Trends.Domains.Take(MostDomains).Select(d => d.Domain).ToList();
        var networks = Trends.Networks.Take(MostNetworks).Select(n => n.Tag).ToList();
        var latest = Db.Signatures.AsNoTracking().Where(s => s.LetterId == Letter.Id && s.Source != SignatureSource.Import && s.Name != "");
        var ofDomains = await latest.Where(s => domains.Contains(s.EmailDomain!)).OrderByDescending(s => s.Id).Take(1_000).Select(s => new { Domain = s.EmailDomain!, s.Name }).ToListAsync(cancellation);
        var ofNetworks = await latest.Where(s => networks.Contains(s.NetworkTag!)).OrderByDescending(s => s.Id).Take(1_000).Select(s => new { Tag = s.NetworkTag!, s.Name }).ToListAsync(cancellation);
        NamesOfDomain = ofDomains.GroupBy(s => s.Domain).SelectMany(g => g.Take(Samples)).ToLookup(s => s.Domain, s => s.Name);
        NamesOfNetwork = ofNetworks.GroupBy(s => Convert.ToHexString(s.Tag)).SelectMany(g => g.Take(Samples)).ToLookup(s => Convert.ToHexString(s.Tag), s => s.Name);
    }

    /// <summary>"12 on the page, 3 waiting for a glance"</summary>
    public static string Words(IReadOnlyDictionary<SignatureState, int> states) =>
        string.Join(", ", states.OrderByDescending(s => s.Value).Select(s => $"{s.Value} {(s is { Key: SignatureState.Confirmed, Value: > 1 } ? "wait for a glance" : StaffWords.State(s.Key))}"));
}

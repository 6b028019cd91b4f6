using Microsoft.EntityFrameworkCore;
using Undersigned.Model;

namespace Undersigned.Data;

/// <summary>Gathers what a decision about a line follows from, and asks the rules (<see cref="Ruling"/>). Nothing is changed.</summary>
public static class Rulings
{
    /// <summary>For one signature on its way; as quick on a long list as on a short one.</summary>
    public static async Task<Ruling> RulingAsync(this UndersignedDb db, Letter letter, Signature signature, DateTimeOffset now, CancellationToken cancellation)
    {
        var watch = await Watching.OfAsync(db, letter, cancellation);
        var kin = await db.PairedAsync(letter.Id, [signature], cancellation);
        var alike = (await db.ResemblancesAsync(letter.Id, [signature], cancellation))[signature.Id].Where(r => r.Kind != Kinship.LookAlike);
        List<string> crowd = signature.IsSuspect ? [Oddity.NoWork] : [];
        if (letter.Admission.LooksFor(signature.Level) == 0 && await db.IsFromNewDomainAsync(letter, signature, now, cancellation))
            crowd.Add(Oddity.NewDomain);
        return Of(letter, signature, watch, [.. kin[signature.Id], .. KinOf(alike)], crowd);
    }

    /// <summary>For a screen of signatures, with those that look like another without being likely the same.</summary>
    public static async Task<IReadOnlyDictionary<long, Ruling>> RulingsAsync(
        this UndersignedDb db, Letter letter, IReadOnlyCollection<Signature> signatures, DateTimeOffset now, CancellationToken cancellation)
    {
        if (signatures.Count == 0)
            return new Dictionary<long, Ruling>();
        var watch = await Watching.OfAsync(db, letter, cancellation);
        var kin = await db.PairedAsync(letter.Id, signatures, cancellation);
        var trends = await db.TrendsAsync(letter, now, cancellation);
        var alike = await db.ResemblancesAsync(letter.Id, signatures, cancellation);
        return signatures.ToDictionary(s => s.Id, s => Of(letter, s, watch,
            [.. kin[s.Id], .. KinOf(alike[s.Id])],
            [.. s.IsSuspect ? [Oddity.NoWork] : Array.Empty<string>(), .. trends.OdditiesOf(s)]));
    }

    /// <summary>
    /// After the rules or the list of names changed: what is on the way and now needs two people waits for them, also if one had let it in.
    /// Returns how many of those let in are looked at again. Saves nothing.
    /// </summary>
    public static async Task<int> RuleWaitingAgainAsync(this UndersignedDb db, Letter letter, DateTimeOffset now, CancellationToken cancellation)
    {
        var watch = await Watching.OfAsync(db, letter, cancellation);
        var waiting = await db.Signatures
            .Where(s => s.LetterId == letter.Id && (s.State == SignatureState.Confirmed || s.State == SignatureState.InReview || s.State == SignatureState.Admitted))
            .ToListAsync(cancellation);
        var again = 0;
        foreach (var signature in waiting)
        {
            var (from, ruling) = (signature.State, Of(letter, signature, watch, [], []));
            if (ruling.LooksNeeded == signature.LooksNeeded)
                continue;
            await db.RuleAgainAsync(letter, signature, ruling, now, cancellation);
            again += from == SignatureState.Admitted && signature.State == SignatureState.InReview ? 1 : 0;
        }
        return again;
    }

    private static Ruling Of(Letter letter, Signature signature, Watching watch, IReadOnlyList<Kin> kin, IReadOnlyList<string> crowd) =>
        Ruling.Of(letter.Admission, new AdmissionFacts(signature.Level)
        {
            Oddities = [.. Oddity.Of(signature.Name), .. crowd],
            Watch = watch.Check(signature),
            Words = new WordList(letter.Admission.Words).FoundIn(signature.ToShown()),
            // One reason for each of them, the weightiest.
            Kin = [.. kin.GroupBy(k => k.Id).Select(g => g.MaxBy(k => k.Kind)!)],
        });

    /// <summary>Pairs that wait and in which this signature is the one that came later, or stands less.</summary>
    private static async Task<ILookup<long, Kin>> PairedAsync(this UndersignedDb db, long letterId, IReadOnlyCollection<Signature> signatures, CancellationToken cancellation)
    {
        var ids = signatures.Select(s => s.Id).ToList();
        var pairs = await db.Pairs.AsNoTracking()
            .Where(p => p.LetterId == letterId && p.State == PairState.Waiting && p.IsLikely && (ids.Contains(p.SecondId) || ids.Contains(p.FirstId)))
            .Join(db.Signatures, p => p.FirstId, s => s.Id, (p, s) => new { Pair = p, First = s.State, FirstNumber = s.Number, FirstLevel = s.Level })
            .Join(db.Signatures, x => x.Pair.SecondId, s => s.Id, (x, s) => new { x.Pair, x.First, x.FirstNumber, x.FirstLevel, Second = s.State, SecondNumber = s.Number, SecondLevel = s.Level })
            .ToListAsync(cancellation);
        return pairs.Select(x =>
        {
            var kind = x.Pair.MayBeImpersonation ? Kinship.Impersonation : Kinship.Duplicate;
            // Of two checked alike the later waits, unless it stands already; where one may be an impersonation, the one checked less.
            var isFirstHeld = kind == Kinship.Impersonation ? x.FirstLevel < x.SecondLevel : x.Second == SignatureState.Listed && x.First != SignatureState.Listed;
            return isFirstHeld ? (Of: x.Pair.FirstId, Kin: new Kin(kind, x.Pair.SecondId, x.SecondNumber)) : (Of: x.Pair.SecondId, Kin: new Kin(kind, x.Pair.FirstId, x.FirstNumber));
        }).Where(x => ids.Contains(x.Of)).ToLookup(x => x.Of, x => x.Kin);
    }

    /// <summary>All that are likely the same or whose name may be used; where there are none, one that looks alike.</summary>
    private static IEnumerable<Kin> KinOf(IEnumerable<Resemblance> alike)
    {
        var all = alike.Select(r => new Kin(r.Kind, r.SignatureId, r.Number)).ToList();
        return all.Exists(k => k.Kind >= Kinship.Duplicate) ? all.Where(k => k.Kind >= Kinship.Duplicate) : all.Take(1);
    }

    /// <summary>As <see cref="Trends"/> says it of a domain, for one signature: two steps along an index.</summary>
    private static async Task<bool> IsFromNewDomainAsync(this UndersignedDb db, Letter letter, Signature signature, DateTimeOffset now, CancellationToken cancellation)
    {
        if (signature.EmailDomain is not { } domain || MailProviders.Has(domain) || letter.Domains.Any(d => string.Equals(d.Domain, domain, StringComparison.OrdinalIgnoreCase)))
            return false;
        var since = now - TimeSpan.FromDays(1);
        var there = db.Signatures.Where(s => s.LetterId == letter.Id && s.EmailDomain == domain && s.Source != SignatureSource.Import);
        return await db.Signatures.AnyAsync(s => s.LetterId == letter.Id && s.SubmittedAt <= since, cancellation)
            && !await there.AnyAsync(s => s.SubmittedAt <= since, cancellation)
            && await there.CountAsync(s => s.SubmittedAt > since, cancellation) >= Trends.Many;
    }
}

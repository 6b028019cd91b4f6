using Microsoft.EntityFrameworkCore;
using Undersigned.Model;

namespace Undersigned.Data;

/// <summary>Gathers what a decision about a line follows from, and asks the rules (<see cref="Ruling"/>). Nothing is changed.</summary>
public static class Rulings
{
    private const int MostKin = 8;

    /// <summary>For one signature on its way; as quick on a long list as on a short one.</summary>
    public static async Task<Ruling> RulingAsync(this UndersignedDb db, Letter letter, Signature signature, DateTimeOffset now, CancellationToken cancellation)
    {
        var watch = await Watching.OfAsync(db, letter, cancellation);
        var kin = await db.PairedAsync(letter.Id, [signature], cancellation);
        var same = await db.SameNamesAsync(signature, cancellation);
        List<string> crowd = signature.IsSuspect ? [Oddity.NoWork] : [];
        if (letter.Admission.LooksFor(signature.Level) == 0 && await db.IsFromNewDomainAsync(letter, signature, now, cancellation))
            crowd.Add(Oddity.NewDomain);
        var found = await db.FoundAsync(letter, signature, cancellation);
        return Of(letter, signature, watch, [.. kin[signature.Id], .. same, .. found], crowd);
    }

    /// <summary>For a screen of signatures, with names that are a slip apart; reads the letter's names once.</summary>
    public static async Task<IReadOnlyDictionary<long, Ruling>> RulingsAsync(
        this UndersignedDb db, Letter letter, IReadOnlyCollection<Signature> signatures, DateTimeOffset now, CancellationToken cancellation)
    {
        if (signatures.Count == 0)
            return new Dictionary<long, Ruling>();
        var watch = await Watching.OfAsync(db, letter, cancellation);
        var kin = await db.PairedAsync(letter.Id, signatures, cancellation);
        var trends = await db.TrendsAsync(letter, now, cancellation);
        var alike = await db.LookAlikesAsync(letter.Id, signatures, cancellation);
        return signatures.ToDictionary(s => s.Id, s => Of(letter, s, watch,
            [.. kin[s.Id], .. alike[s.Id].Take(1).Select(l => new Kin(l.Same ? Kinship.SameName : Kinship.LookAlike, l.SignatureId, l.Number))],
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

    /// <summary>Who stands and is likely the same person, from the lines in memory.</summary>
    private static async Task<IReadOnlyList<Kin>> FoundAsync(this UndersignedDb db, Letter letter, Signature signature, CancellationToken cancellation)
    {
        var found = db.Likenesses.Of(letter.Id).Find(signature.ToSignatory(letter), await db.DifferentPeopleAsync(letter.Id, cancellation))
            .Where(m => m.Standing == Linkage.Standing.Likely).Take(MostKin).ToDictionary(m => m.First == signature.Id ? m.Second : m.First);
        if (found.Count == 0)
            return [];
        var others = await db.Signatures.Where(s => found.Keys.Contains(s.Id)
            && (s.State == SignatureState.Listed || s.State == SignatureState.Admitted || s.State == SignatureState.InReview || s.State == SignatureState.Confirmed))
            .Select(s => new { s.Id, s.Number, s.Level }).ToListAsync(cancellation);
        return [.. others.Select(o => new Kin(found[o.Id].MayBeImpersonation && o.Level > signature.Level ? Kinship.Impersonation : Kinship.Duplicate, o.Id, o.Number))];
    }

    private static async Task<IReadOnlyList<Kin>> SameNamesAsync(this UndersignedDb db, Signature signature, CancellationToken cancellation)
    {
        if (signature.FoldedName.Length == 0)
            return [];
        var same = await db.Signatures
            .Where(s => s.LetterId == signature.LetterId && s.FoldedName == signature.FoldedName && s.Id != signature.Id
                && (s.State == SignatureState.Listed || s.State == SignatureState.Admitted || s.State == SignatureState.InReview || s.State == SignatureState.Confirmed))
            .OrderBy(s => s.Number == null).ThenBy(s => s.Id).Select(s => new { s.Id, s.Number }).Take(2).ToListAsync(cancellation);
        var checkedApart = await db.Pairs.Where(p => p.LetterId == signature.LetterId && p.State == PairState.Different && (p.FirstId == signature.Id || p.SecondId == signature.Id))
            .Select(p => p.FirstId == signature.Id ? p.SecondId : p.FirstId).ToListAsync(cancellation);
        return [.. same.Where(s => !checkedApart.Contains(s.Id)).Take(1).Select(s => new Kin(Kinship.SameName, s.Id, s.Number))];
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

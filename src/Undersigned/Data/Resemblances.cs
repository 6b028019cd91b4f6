using Microsoft.EntityFrameworkCore;
using Undersigned.Linkage;
using Undersigned.Model;

namespace Undersigned.Data;

/// <summary>Another signature of the letter that looks like this one, by all that both say or by the name alone.</summary>
/// <param name="Kind">How; by the name alone, <see cref="Kinship.SameName"/>.</param>
/// <param name="Reasons">In words, where the library found it.</param>
public sealed record Resemblance(long SignatureId, int? Number, Kinship Kind, IReadOnlyList<Reason> Reasons);

/// <summary>
/// Whom signatures look like. The library of likenesses says it of all that worth a look; two who bear the very same name and have nothing
/// else in common are named beside, since a volunteer wonders at once. A hint for a person who decides.
/// </summary>
public static class Resemblances
{
    private const int MostOfOne = 8;

    /// <summary>For each of <paramref name="signatures"/> the others that count: waiting, set aside, let in or listed. The strongest first, of those alike the listed first.</summary>
    public static async Task<ILookup<long, Resemblance>> ResemblancesAsync(
        this UndersignedDb db, long letterId, IReadOnlyCollection<Signature> signatures, CancellationToken cancellation)
    {
        var named = signatures.Where(s => s.Name.Length > 0).ToList();
        if (named.Count == 0)
            return Array.Empty<Resemblance>().ToLookup(_ => 0L);
        var likenesses = await db.LikenessesAsync(letterId, cancellation);
        var apart = await db.DifferentPeopleAsync(letterId, cancellation);
        var found = named.SelectMany(s => likenesses.Find(s.ToSignatory(), apart).Take(MostOfOne).Select(m => (Of: s, Other: m.First == s.Id ? m.Second : m.First, Match: (Match?)m))).ToList();
        var namesakes = await db.NamesakesAsync(letterId, named, cancellation);
        foreach (var (of, other) in namesakes.Where(n => !apart.Contains(IdPair.Of(n.Of.Id, n.Other))))
            if (!found.Exists(f => f.Of == of && f.Other == other))
                found.Add((of, other, null));
        var ids = found.Select(f => f.Other).ToHashSet();
        var others = await db.Signatures.AsNoTracking().Where(s => ids.Contains(s.Id)
                && (s.State == SignatureState.Listed || s.State == SignatureState.Admitted || s.State == SignatureState.InReview || s.State == SignatureState.Confirmed))
            .Select(s => new Other(s.Id, s.Number, s.State, s.Level)).ToDictionaryAsync(s => s.Id, cancellation);
        return found.Where(f => others.ContainsKey(f.Other))
            .Select(f => (f.Of, Like: new Resemblance(f.Other, others[f.Other].Number, f.Match is null ? Kinship.SameName : KindOf(f.Of, others[f.Other], f.Match), f.Match?.Reasons ?? [])))
            .OrderByDescending(f => f.Like.Kind).ThenBy(f => f.Like.Number is null).ThenBy(f => f.Like.SignatureId)
            .ToLookup(f => f.Of.Id, f => f.Like);
    }

    private sealed record Other(long Id, int? Number, SignatureState State, SignatureLevel Level);

    /// <summary>Of two who are likely one, the later waits, or the one that does not stand yet; where one may use the other's name, the one checked less.</summary>
    private static Kinship KindOf(Signature signature, Other other, Match match)
    {
        var isHeld = other.State == SignatureState.Listed || signature.State != SignatureState.Listed && other.Id < signature.Id;
        return match.Standing != Standing.Likely ? OfName(match)
            : match.MayBeImpersonation ? other.Level > signature.Level ? Kinship.Impersonation : OfName(match)
            : isHeld ? Kinship.Duplicate : OfName(match);
    }

    private static Kinship OfName(Match match) => match.Reasons.Any(r => r.Code is "name-same" or "name-turned") ? Kinship.SameName : Kinship.LookAlike;

    private static async Task<IReadOnlyList<(Signature Of, long Other)>> NamesakesAsync(this UndersignedDb db, long letterId, List<Signature> signatures, CancellationToken cancellation)
    {
        var found = new List<(Signature, long)>();
        foreach (var same in signatures.Where(s => s.FoldedName.Length > 0).GroupBy(s => s.FoldedName))
        {
            var ids = await db.Signatures.AsNoTracking()
                .Where(s => s.LetterId == letterId && s.FoldedName == same.Key
                    && (s.State == SignatureState.Listed || s.State == SignatureState.Admitted || s.State == SignatureState.InReview || s.State == SignatureState.Confirmed))
                .OrderBy(s => s.Number == null).ThenBy(s => s.Id).Select(s => s.Id).Take(MostOfOne).ToListAsync(cancellation);
            found.AddRange(from signature in same from id in ids where id != signature.Id select (signature, id));
        }
        return found;
    }
}

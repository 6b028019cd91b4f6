using Microsoft.EntityFrameworkCore;
using Undersigned.Model;

namespace Undersigned.Data;

/// <summary>Another signature of the letter whose name looks like this one's.</summary>
/// <param name="Same">The same words, in any order; otherwise one typing slip apart.</param>
public sealed record LookAlike(long SignatureId, int? Number, bool Same);

/// <summary>Names of one letter that look alike. A hint for a person who decides; two people may well share a name.</summary>
public static class LookAlikes
{
    /// <summary>Shorter names differ by one letter all the time.</summary>
    private const int LongEnoughForASlip = 10;

    /// <summary>
    /// For each of <paramref name="signatures"/> the others that count: waiting, set aside, let in or listed. Those listed come first.
    /// Reads the letter's names once, whatever the number asked about.
    /// </summary>
    public static async Task<ILookup<long, LookAlike>> LookAlikesAsync(
        this UndersignedDb db, long letterId, IReadOnlyCollection<Signature> signatures, CancellationToken cancellation)
    {
        var asked = signatures.Where(s => s.FoldedName.Length > 0).Select(s => (s.Id, Name: s.FoldedName, Words: Words(s.FoldedName))).ToList();
        var found = new List<(long Of, LookAlike Like)>();
        var others = db.Signatures.AsNoTracking()
            .Where(s => s.LetterId == letterId && (s.State == SignatureState.Listed || s.State == SignatureState.Admitted
                || s.State == SignatureState.InReview || s.State == SignatureState.Confirmed))
            .Select(s => new { s.Id, s.Number, s.FoldedName });
        var apart = asked.Count == 0 ? new HashSet<Linkage.IdPair>() : await db.DifferentPeopleAsync(letterId, cancellation);
        if (asked.Count > 0)
            await foreach (var other in others.AsAsyncEnumerable().WithCancellation(cancellation))
                foreach (var one in asked)
                    if (one.Id != other.Id && (one.Name == other.FoldedName || IsTurned(one.Name, one.Words, other.FoldedName)))
                        found.Add((one.Id, new LookAlike(other.Id, other.Number, Same: true)));
                    else if (one.Id != other.Id && one.Name.Length >= LongEnoughForASlip && IsOneSlip(one.Name, other.FoldedName))
                        found.Add((one.Id, new LookAlike(other.Id, other.Number, Same: false)));
        return found.Where(f => !apart.Contains(Linkage.IdPair.Of(f.Of, f.Like.SignatureId))).OrderBy(f => f.Like.Number is null).ThenByDescending(f => f.Like.Same).ThenBy(f => f.Like.SignatureId)
            .ToLookup(f => f.Of, f => f.Like);
    }

    private static bool IsTurned(string name, string words, string other) =>
        name.Length == other.Length && name.Contains(' ', StringComparison.Ordinal) && Sum(name) == Sum(other) && words == Words(other);

    private static int Sum(string text)
    {
        var sum = 0;
        foreach (var c in text)
            sum += c;
        return sum;
    }

    private static string Words(string folded) => string.Join(' ', folded.Split(' ').Order(StringComparer.Ordinal));

    /// <summary>One letter changed, added or left out, or two neighbours swapped.</summary>
    internal static bool IsOneSlip(string a, string b)
    {
        if (Math.Abs(a.Length - b.Length) > 1 || a == b)
            return false;
        if (a.Length > b.Length)
            (a, b) = (b, a);
        var i = 0;
        while (i < a.Length && a[i] == b[i])
            i++;
        if (a.Length < b.Length)
            return a.AsSpan(i).SequenceEqual(b.AsSpan(i + 1));
        if (a.AsSpan(i + 1).SequenceEqual(b.AsSpan(i + 1)))
            return true;
        return i + 1 < a.Length && a[i] == b[i + 1] && a[i + 1] == b[i] && a.AsSpan(i + 2).SequenceEqual(b.AsSpan(i + 2));
    }
}

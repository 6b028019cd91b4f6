using Microsoft.EntityFrameworkCore;
using Undersigned.Model;

namespace Undersigned.Data;

/// <summary>Who is shown first under a letter.</summary>
public static class FirstSignatories
{
    /// <summary>Whom the organiser puts first, in that order, as far as they stand.</summary>
    public static async Task<List<Line>> PutFirstAsync(this UndersignedDb db, PublishedLetter letter, CancellationToken cancellation)
    {
        var ids = letter.Letter.FirstSignatures;
        if (ids.Count == 0)
            return [];
        // By signature alone, of which each has few lines: asked for the letter too, an engine may walk its whole list.
        var lines = await db.Lines.AsNoTracking().Where(l => ids.Contains(l.SignatureId)).ToListAsync(cancellation);
        return [.. lines.AsQueryable().StandingAt(letter).AsEnumerable().OrderBy(l => ids.IndexOf(l.SignatureId))];
    }

    /// <summary>So many: whom the organiser puts first, then the lowest numbers.</summary>
    public static async Task<List<Line>> FirstAsync(this UndersignedDb db, PublishedLetter letter, int count, CancellationToken cancellation)
    {
        var first = await db.PutFirstAsync(letter, cancellation);
        if (first.Count < count)
        {
            var others = await db.Lines.AsNoTracking().StandingAt(letter).OrderBy(l => l.Number).Take(count).ToListAsync(cancellation);
            first.AddRange(others.ExceptBy(first.Select(l => l.Number), l => l.Number));
        }
        return [.. first.Take(count)];
    }
}

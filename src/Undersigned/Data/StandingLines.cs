using Microsoft.EntityFrameworkCore;
using Undersigned.Model;

namespace Undersigned.Data;

public static class StandingLines
{
    /// <summary>
    /// The list as it stands at the tree size that this letter is read at. Of an earlier day, only those who stand today too: a name that
    /// was withdrawn or removed is shown on no page of ours again.
    /// </summary>
    public static IQueryable<Line> StandingAt(this IQueryable<Line> lines, PublishedLetter letter)
    {
        var (id, size, latest, below) = (letter.Letter.Id, letter.Size, letter.LatestSize, -letter.Size);
        // Nearly every line is below the size. Said with a sign, no engine walks the list by it instead of by name or number.
        var standing = lines.Where(l => l.LetterId == id && -l.LeafIndex > below && (l.EndIndex == null || l.EndIndex >= size));
        return letter.HasGoneOn
            ? standing.Where(l => lines.Any(n => n.LetterId == id && n.Number == l.Number && n.LeafIndex < latest && (n.EndIndex == null || n.EndIndex >= latest)))
            : standing;
    }

    /// <summary>The size of the letter's log that is published; 0 while nothing is.</summary>
    public static Task<long> PublishedSizeAsync(this UndersignedDb db, long letterId, CancellationToken cancellation) =>
        db.Logs.Where(l => l.LetterId == letterId).Select(l => l.PublishedSize).SingleOrDefaultAsync(cancellation);
}

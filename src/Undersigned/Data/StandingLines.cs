using Undersigned.Model;

namespace Undersigned.Data;

public static class StandingLines
{
    /// <summary>The list as it stands at the tree size that this letter is read at.</summary>
    public static IQueryable<Line> StandingAt(this IQueryable<Line> lines, PublishedLetter letter)
    {
        var (id, size) = (letter.Letter.Id, letter.Size);
        return lines.Where(l => l.LetterId == id && l.LeafIndex < size && (l.EndIndex == null || l.EndIndex >= size));
    }
}

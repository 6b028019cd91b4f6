using Microsoft.EntityFrameworkCore;
using Undersigned.Model;

namespace Undersigned.SignatoryList;

public sealed partial class NameSearch
{
    // line_search is FTS5, kept by triggers; its rowid is letter_id * 2^24 + leaf_index, since a tree has fewer than 2^24 entries.
    // Words hold letters and digits alone (NameFolding), never a quote.
    private IQueryable<Line> SqliteCandidates(PublishedLetter letter, IReadOnlyList<IReadOnlyList<string>> all, int most)
    {
        var match = string.Join(" AND ", all.Select(any => $"({string.Join(" OR ", any.Select(w => $"\"{w}\""))})"));
        var (id, size, least) = (letter.Letter.Id, letter.Size, letter.Letter.Id << 24);
        return db.Lines.FromSql(
            $"""
            SELECT l.* FROM line_search AS s
            JOIN line AS l ON l.letter_id = {id} AND l.leaf_index = s.rowid - {least}
            WHERE s.line_search MATCH {match} AND s.rowid >= {least} AND s.rowid < {least} + {size} AND (l.end_index IS NULL OR l.end_index >= {size})
            ORDER BY s.rowid LIMIT {most}
            """);
    }
}

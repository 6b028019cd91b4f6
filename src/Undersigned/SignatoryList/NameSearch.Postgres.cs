using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Undersigned.Model;

namespace Undersigned.SignatoryList;

public sealed partial class NameSearch
{
    // One index scan a piece over ix_line_search (pg_trgm). The name stands between spaces there, so that a space in a piece is the edge of
    // a word. Pieces hold letters, digits and spaces alone (NameFolding), never a wildcard. Names that share more pieces come first.
    private IQueryable<Line> PostgresCandidates(PublishedLetter letter, IReadOnlyList<string> pieces)
    {
        var shares = pieces.Select((_, i) => string.Create(CultureInfo.InvariantCulture, $"(' ' || folded_name || ' ') LIKE {{{i + 3}}}")).ToList();
        var sql = $$"""
            SELECT * FROM line
            WHERE letter_id = {0} AND leaf_index < {1} AND (end_index IS NULL OR end_index >= {1}) AND ({{string.Join(" OR ", shares)}})
            ORDER BY {{string.Join(" + ", shares.Select(s => $"({s})::int"))}} DESC, number LIMIT {2}
            """;
        return db.Lines.FromSqlRaw(sql, [letter.Letter.Id, letter.Size, MostCandidates, .. pieces.Select(p => $"%{p}%")]);
    }
}

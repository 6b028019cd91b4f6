using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Undersigned.Model;

namespace Undersigned.SignatoryList;

public sealed partial class NameSearch
{
    // Scans of the index ix_line_search (pg_trgm). The name stands between spaces there, so that a space in a piece is the edge of a word.
    // Pieces hold letters, digits and spaces alone (NameFolding), never a wildcard. Ordered by a sum, since an index that already has the
    // order would be walked through whole for a rare name.
    private IQueryable<Line> PostgresCandidates(PublishedLetter letter, IReadOnlyList<string[]> all, int most)
    {
        var pieces = all.SelectMany(any => any).ToList();
        var next = 3;
        var having = string.Join(" AND ", all.Select(any =>
            $"({string.Join(" OR ", any.Select(_ => string.Create(CultureInfo.InvariantCulture, $"(' ' || folded_name || ' ') LIKE {{{next++}}}")))})"));
        var sql = $$"""
            SELECT * FROM line
            WHERE letter_id = {0} AND leaf_index < {1} AND (end_index IS NULL OR end_index >= {1}) AND {{having}}
            ORDER BY leaf_index + 0 LIMIT {2}
            """;
        return db.Lines.FromSqlRaw(sql, [letter.Letter.Id, letter.Size, most, .. pieces.Select(p => $"%{p}%")]);
    }
}

using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Undersigned.Model;

namespace Undersigned.SignatoryList;

public sealed partial class NameSearch
{
    // Scans of the index ix_line_words, which has each word of a name. Ordered by a sum, since an index that already has the order would be
    // walked through whole for a rare name.
    private IQueryable<Line> PostgresCandidates(PublishedLetter letter, IReadOnlyList<IReadOnlyList<string>> all, int most)
    {
        var having = string.Join(" AND ", all.Select((_, i) => string.Create(CultureInfo.InvariantCulture, $"string_to_array(folded_name, ' ') && {{{i + 3}}}")));
        var sql = $$"""
            SELECT * FROM line
            WHERE letter_id = {0} AND leaf_index < {1} AND (end_index IS NULL OR end_index >= {1}) AND {{having}}
            ORDER BY leaf_index + 0 LIMIT {2}
            """;
        return db.Lines.FromSqlRaw(sql, [letter.Letter.Id, letter.Size, most, .. all.Select(any => any.ToArray())]);
    }
}

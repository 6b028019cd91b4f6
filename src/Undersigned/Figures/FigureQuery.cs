using Microsoft.EntityFrameworkCore;
using Undersigned.Data;
using Undersigned.Model;
using Undersigned.SignatoryList;

namespace Undersigned.Figures;

/// <summary>A question and its number.</summary>
/// <param name="At">As of when: of the published list, or of now where nothing is published.</param>
/// <param name="All">How many there are in all.</param>
/// <param name="Found">Those who fit, counted by what they can be split by; of their offices, those alone that fit.</param>
public sealed record Figure(DateTimeOffset At, int All, ListFacets Found)
{
    public int Count => Found.Shown;
}

/// <summary>Counts the public list; before there is one, those who are let in.</summary>
public sealed class FigureQuery(UndersignedDb db, PublishedLetters published, TimeProvider time)
{
    /// <param name="letter">Its eras are those that are counted by.</param>
    /// <param name="text">Part of an organization, a position or a place; null for any.</param>
    /// <param name="filter">What else is asked.</param>
    /// <param name="cancellation">Ends the reading.</param>
    public async Task<Figure> CountAsync(Letter letter, string? text, ListFilter filter, CancellationToken cancellation)
    {
        var folded = text is null ? "" : NameFolding.Fold(text);
        var count = new FacetCount(letter.Eras);
        var (line, all) = (0L, 0);
        var list = letter.IsPublic ? published.Find(letter.Slug) : null;
        await foreach (var (level, shown) in LinesAsync(letter, list, cancellation))
        {
            all++;
            if (Rows(shown, level, ++line, folded, filter, letter.Eras) is { } rows)
                foreach (var row in rows)
                    count.Add(row);
        }
        return new Figure(list?.At.EntryAt ?? time.GetUtcNow(), all, count.Sum());
    }

    private async IAsyncEnumerable<(SignatureLevel Level, ShownLine Line)> LinesAsync(
        Letter letter, PublishedLetter? list, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        if (list is not null)
        {
            await foreach (var line in db.Lines.AsNoTracking().StandingAt(list).Select(l => new { l.Level, l.Record }).AsAsyncEnumerable().WithCancellation(cancellation))
                yield return (line.Level, ShownLine.FromRecord(line.Record));
            yield break;
        }
        var letIn = db.Signatures.AsNoTracking().Where(s => s.LetterId == letter.Id && (s.State == SignatureState.Admitted || s.State == SignatureState.Listed));
        await foreach (var signature in letIn.Select(s => new { s.Level, s.Name, s.Posts, s.Location }).AsAsyncEnumerable().WithCancellation(cancellation))
            yield return (signature.Level, ShownLine.Of(signature.Name, signature.Posts, signature.Location));
    }

    /// <summary>The offices that fit, or one row without any where nothing is asked of offices; null where the line does not fit.</summary>
    private static List<FacetRow>? Rows(ShownLine shown, SignatureLevel level, long line, string text, ListFilter filter, IReadOnlyList<Era> eras)
    {
        var place = shown.Location is { } location ? NameFolding.Fold(location) : null;
        if (filter.Level is { } wanted && wanted != level || filter.Place is not null && filter.Place != place)
            return null;
        var isThere = text.Length == 0 || place?.Contains(text, StringComparison.Ordinal) == true;
        var offices = ListedPosts.Of(shown, 0, line).ToList();
        var fitting = offices.Where(o => filter.Fits(o, eras) && (isThere || Says(o, text))).ToList();
        if (fitting.Count == 0)
            return isThere && !filter.IsAboutOffices && offices.Count == 0 ? [new FacetRow(line, level, shown.Location, place, null, null, null, null, null, null)] : null;
        return [.. fitting.Select(o => new FacetRow(line, level, shown.Location, place, o.Position, o.FoldedPosition, o.Organization, o.FoldedOrganization, o.FromYear, o.ToYear))];
    }

    private static bool Says(LinePost office, string text) =>
        office.FoldedOrganization?.Contains(text, StringComparison.Ordinal) == true || office.FoldedPosition?.Contains(text, StringComparison.Ordinal) == true;
}

using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Undersigned.Data;
using Undersigned.Model;

namespace Undersigned.Grid;

public enum GridSort { Signed, Number, Name, Position, Organization, Years, Place, State, Level, Domain }

/// <summary>What of a letter's signatures is looked at, and in which order.</summary>
public sealed record GridFilter
{
    /// <summary>Part of a name or an office, a number, or a whole address.</summary>
    public string? Text { get; init; }
    public SignatureState? State { get; init; }
    public SignatureLevel? Level { get; init; }
    public string? Domain { get; init; }
    public string? Organization { get; init; }
    public DateOnly? Since { get; init; }
    public bool Noted { get; init; }
    public bool Press { get; init; }
    public GridSort Sort { get; init; }
    public bool Down { get; init; }
}

/// <param name="Fitting">How many fit the filter.</param>
/// <param name="First">Place of the page's first row among them, from 1.</param>
public sealed record GridPage(IReadOnlyList<Signature> Rows, int Fitting, int First, long? Before, long? Next);

/// <summary>
/// Reads the sheet: a page for browsers without script, chunks for those with. Offices stand in one column as JSON, so they are filtered and
/// ordered here, over light rows of the whole letter, and the page's own rows alone are read whole.
/// </summary>
public sealed class GridQuery(UndersignedDb db, InstanceKeys keys)
{
    public const int LinesAPage = 100;
    public const int LinesAChunk = 1_000;

    private sealed record Light(long Id, int? Number, string Name, string FoldedName, List<Post> Posts, string? Location, SignatureState State, SignatureLevel Level, string? Domain);

    /// <summary>The page that begins after this signature, wherever it stands now; the first where there is none.</summary>
    public async Task<GridPage> PageAsync(long letterId, GridFilter filter, long? after, CancellationToken cancellation)
    {
        var fitting = await FittingAsync(letterId, filter, after, cancellation);
        var start = 0;
        if (after is { } last && fitting.FirstOrDefault(r => r.Row.Id == last) is { Row: not null } at)
            start = fitting.IndexOf(at) + 1;
        var count = fitting.Count - (after is not null && fitting.Any(f => !f.Fits) ? 1 : 0);
        var page = fitting.Skip(start).Where(f => f.Fits).Take(LinesAPage).Select(f => f.Row.Id).ToList();
        var rows = await db.Signatures.AsNoTracking().Where(s => page.Contains(s.Id)).ToDictionaryAsync(s => s.Id, cancellation);
        var before = start == 0 ? (long?)null : start <= LinesAPage ? 0 : fitting[start - LinesAPage - 1].Row.Id;
        var first = fitting.Take(start).Count(f => f.Fits) + 1;
        return new GridPage([.. page.Where(rows.ContainsKey).Select(id => rows[id])], count, first, before, start + page.Count < fitting.Count ? page[^1] : null);
    }

    /// <summary>Ids of everything that fits, in order.</summary>
    public async Task<IReadOnlyList<long>> IdsAsync(long letterId, GridFilter filter, CancellationToken cancellation) =>
        [.. (await FittingAsync(letterId, filter, null, cancellation)).Select(f => f.Row.Id)];

    /// <summary>The next rows by their id, for the sheet that holds them all.</summary>
    public async Task<IReadOnlyList<Signature>> ChunkAsync(long letterId, long after, CancellationToken cancellation) =>
        await db.Signatures.AsNoTracking().Where(s => s.LetterId == letterId && s.Id > after).OrderBy(s => s.Id).Take(LinesAChunk).ToListAsync(cancellation);

    public Task<int> CountAsync(long letterId, CancellationToken cancellation) => db.Signatures.CountAsync(s => s.LetterId == letterId, cancellation);

    /// <summary>The row that the page before ended with stays in its place, also where it fits no more; so no row is passed over.</summary>
    private async Task<List<(Light Row, bool Fits)>> FittingAsync(long letterId, GridFilter filter, long? keep, CancellationToken cancellation)
    {
        var fitting = await Rows(letterId, filter).Select(s => new Light(s.Id, s.Number, s.Name, s.FoldedName, s.Posts, s.Location, s.State, s.Level, s.EmailDomain)).ToListAsync(cancellation);
        var rows = fitting.Where(InMemory(filter)).Select(r => (Row: r, Fits: true)).ToList();
        if (keep is { } id && rows.All(r => r.Row.Id != id)
            && await db.Signatures.Where(s => s.LetterId == letterId && s.Id == id).Select(s => new Light(s.Id, s.Number, s.Name, s.FoldedName, s.Posts, s.Location, s.State, s.Level, s.EmailDomain)).SingleOrDefaultAsync(cancellation) is { } kept)
            rows.Add((kept, false));
        return Ordered(rows, filter);
    }

    private IQueryable<Signature> Rows(long letterId, GridFilter filter)
    {
        var rows = db.Signatures.AsNoTracking().Where(s => s.LetterId == letterId);
        if (filter.State is { } state)
            rows = rows.Where(s => s.State == state);
        if (filter.Level is { } level)
            rows = rows.Where(s => s.Level == level);
        if (filter.Domain?.Trim().TrimStart('@').ToLowerInvariant() is { Length: > 0 } domain)
            rows = rows.Where(s => s.EmailDomain == domain);
        if (filter.Since is { } day)
        {
            var since = new DateTimeOffset(day, TimeOnly.MinValue, TimeSpan.Zero);
            rows = rows.Where(s => s.SubmittedAt >= since);
        }
        if (filter.Noted)
            rows = rows.Where(s => s.HasNote);
        if (filter.Press)
            rows = rows.Where(s => s.PressMayCall);
        return Asked(rows, letterId, filter.Text?.Trim() ?? "");
    }

    private IQueryable<Signature> Asked(IQueryable<Signature> rows, long letterId, string text)
    {
        if (NumberOf(text) is { } number)
            return rows.Where(s => s.Number == number);
        if (!EmailAddress.TryParse(text, out var address, out _))
            return rows;
        var tag = keys.AddressTag(letterId, address);
        return rows.Where(s => s.AddressTag == tag);
    }

    private static int? NumberOf(string text) =>
        int.TryParse(text.TrimStart('№', ' '), NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static Func<Light, bool> InMemory(GridFilter filter)
    {
        var text = filter.Text?.Trim() ?? "";
        var words = NumberOf(text) is not null || text.Contains('@', StringComparison.Ordinal) ? "" : NameFolding.Fold(text);
        var organization = NameFolding.Fold(filter.Organization ?? "");
        return row => (words.Length == 0 || row.FoldedName.Contains(words, StringComparison.Ordinal) || row.Posts.Any(p => Has(p.Position, words) || Has(p.Organization, words)) || Has(row.Location, words))
            && (organization.Length == 0 || row.Posts.Any(p => Has(p.Organization, organization)));
    }

    private static bool Has(string? text, string folded) => text is not null && NameFolding.Fold(text).Contains(folded, StringComparison.Ordinal);

    private static List<(Light Row, bool Fits)> Ordered(List<(Light Row, bool Fits)> rows, GridFilter filter)
    {
        // Newest first is what "signed" means unless it is turned.
        var down = filter.Down != (filter.Sort == GridSort.Signed);
        var ordered = filter.Sort switch
        {
            GridSort.Signed => rows.OrderBy(r => 0),
            GridSort.Number => rows.OrderBy(r => r.Row.Number is null).ThenBy(r => down ? -r.Row.Number : r.Row.Number),
            GridSort.State => Sorted(rows, r => (int)r.State, down),
            GridSort.Level => Sorted(rows, r => (int)r.Level, down),
            _ => Empties(rows, Key(filter.Sort), down),
        };
        return [.. down ? ordered.ThenByDescending(r => r.Row.Id) : ordered.ThenBy(r => r.Row.Id)];
    }

    private static Func<Light, string> Key(GridSort sort) => sort switch
    {
        GridSort.Name => r => NameFolding.SortKey(r.Name),
        GridSort.Position => r => NameFolding.Fold(r.Posts.FirstOrDefault()?.Position ?? ""),
        GridSort.Organization => r => NameFolding.Fold(r.Posts.FirstOrDefault()?.Organization ?? ""),
        GridSort.Years => r => r.Posts.FirstOrDefault()?.Years is { } years ? $"{years.From:D4}{years.To ?? 9999:D4}" : "",
        GridSort.Place => r => NameFolding.Fold(r.Location ?? ""),
        _ => r => r.Domain ?? "",
    };

    private static IOrderedEnumerable<(Light Row, bool Fits)> Sorted<T>(List<(Light Row, bool Fits)> rows, Func<Light, T> key, bool down) =>
        down ? rows.OrderByDescending(r => key(r.Row)) : rows.OrderBy(r => key(r.Row));

    // Empty cells come last whichever way it is turned.
    private static IOrderedEnumerable<(Light Row, bool Fits)> Empties(List<(Light Row, bool Fits)> rows, Func<Light, string> key, bool down)
    {
        var keyed = rows.ToDictionary(r => r.Row.Id, r => key(r.Row));
        var full = rows.OrderBy(r => keyed[r.Row.Id].Length == 0);
        return down ? full.ThenByDescending(r => keyed[r.Row.Id], StringComparer.Ordinal) : full.ThenBy(r => keyed[r.Row.Id], StringComparer.Ordinal);
    }
}

using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Undersigned.Model;

namespace Undersigned.Data;

/// <summary>A value by which the list can be narrowed, and how many lines have it. Spellings that fold alike are one.</summary>
/// <param name="Key">Folded.</param>
/// <param name="Label">Its commonest spelling.</param>
/// <param name="Count">Lines, not offices.</param>
public sealed record FacetValue(string Key, string Label, int Count);

public sealed record EraCount(Era Era, int Count);

/// <summary>How many came to stand in an hour, UTC, and stand.</summary>
public sealed record HourCount(DateTimeOffset Hour, int Count);

/// <summary>The list at one size, counted by what it can be narrowed by.</summary>
public sealed record ListFacets
{
    /// <summary>How many lines are shown.</summary>
    public int Shown { get; init; }
    /// <summary>How many of them give years.</summary>
    public int WithYears { get; init; }
    public IReadOnlyList<FacetValue> Organizations { get; init; } = [];
    public IReadOnlyList<FacetValue> Positions { get; init; } = [];
    public IReadOnlyList<FacetValue> Places { get; init; } = [];
    public IReadOnlyDictionary<SignatureLevel, int> Levels { get; init; } = new Dictionary<SignatureLevel, int>();
    /// <summary>In the organiser's order, also those that nobody served in.</summary>
    public IReadOnlyList<EraCount> Eras { get; init; } = [];
    /// <summary>Earliest first; hours in which nobody came are left out.</summary>
    public IReadOnlyList<HourCount> Hours { get; init; } = [];
}

/// <summary>
/// Counts each list once a size and keeps that; requests do not count. The count goes on from the one before by the lines that came and went
/// since, so that a list of a million that grows every second is not read anew every second.
/// </summary>
public sealed class FacetCache(IDbContextFactory<UndersignedDb> databases)
{
    private const int Kept = 64;

    private readonly ConcurrentDictionary<Key, Lazy<Task<ListFacets>>> known = new();
    // The latest count of each letter; whoever goes on from it takes it out meanwhile.
    private readonly ConcurrentDictionary<long, Running> latest = new();

    public async Task<ListFacets> OfAsync(PublishedLetter letter)
    {
        var key = new Key(letter.Letter.Id, letter.Size, letter.LatestSize, string.Join('|', letter.Letter.Eras));
        if (known.Count > Kept)
            Trim(key);
        var counting = known.GetOrAdd(key, _ => new Lazy<Task<ListFacets>>(() => CountAsync(letter)));
        try
        {
            return await counting.Value;
        }
        catch
        {
            known.TryRemove(KeyValuePair.Create(key, counting));
            throw;
        }
    }

    // First what nobody can ask for any more, since their list has grown; then any.
    private void Trim(Key asked)
    {
        var newest = known.Keys.GroupBy(k => k.LetterId).ToDictionary(g => g.Key, g => g.Max(k => k.Latest));
        foreach (var old in known.Keys.Where(k => k != asked).OrderBy(k => k.Latest == newest.GetValueOrDefault(k.LetterId)).Take(Kept / 2))
            known.TryRemove(old, out _);
    }

    // Shared by all who wait for it, so that nobody's going away ends it.
    private async Task<ListFacets> CountAsync(PublishedLetter letter)
    {
        await using var db = await databases.CreateDbContextAsync();
        if (letter.HasGoneOn)
            return (await WholeAsync(db, letter)).Sum();
        var eras = string.Join('|', letter.Letter.Eras);
        var count = latest.TryRemove(letter.Letter.Id, out var before) && before.Size <= letter.Size && before.Eras == eras
            ? await GoOnAsync(db, before, letter) ?? await WholeAsync(db, letter)
            : await WholeAsync(db, letter);
        latest[letter.Letter.Id] = new Running(count, letter.Size, eras);
        return count.Sum();
    }

    private static async Task<FacetCount> WholeAsync(UndersignedDb db, PublishedLetter letter)
    {
        var count = new FacetCount(letter.Letter.Eras);
        await AddAsync(db, db.Lines.StandingAt(letter), count, +1);
        return count;
    }

    // Null where a line that went was destroyed before it could be taken off.
    private static async Task<FacetCount?> GoOnAsync(UndersignedDb db, Running before, PublishedLetter letter)
    {
        var (id, from, to) = (letter.Letter.Id, before.Size, letter.Size);
        await AddAsync(db, db.Lines.StandingAt(letter).Where(l => l.LeafIndex >= from), before.Count, +1);
        await AddAsync(db, db.Lines.Where(l => l.LetterId == id && l.LeafIndex < from && l.EndIndex >= from && l.EndIndex < to), before.Count, -1);
        return before.Count.Shown == letter.Counts.Standing - letter.Counts.Withheld ? before.Count : null;
    }

    private static async Task AddAsync(UndersignedDb db, IQueryable<Line> lines, FacetCount count, int by)
    {
        var rows = lines.OrderBy(l => l.LeafIndex)
            .SelectMany(
                l => db.LinePosts.Where(p => p.LetterId == l.LetterId && p.LeafIndex == l.LeafIndex).DefaultIfEmpty(),
                (l, p) => new FacetRow(l.LeafIndex, l.Level, l.Location, l.FoldedLocation, p!.Position, p.FoldedPosition, p.Organization, p.FoldedOrganization, p.FromYear, p.ToYear, l.Since));
        await foreach (var row in rows.AsAsyncEnumerable())
            count.Add(row, by);
    }

    private sealed record Running(FacetCount Count, long Size, string Eras);

    private sealed record Key(long LetterId, long Size, long Latest, string Eras);
}

internal sealed record FacetRow(
    long LeafIndex, SignatureLevel Level, string? Location, string? FoldedLocation, string? Position, string? FoldedPosition,
    string? Organization, string? FoldedOrganization, int? FromYear, int? ToYear, DateTimeOffset? Since = null);

/// <summary>Counts lines from the rows of their offices, which come line by line.</summary>
internal sealed class FacetCount(IReadOnlyList<Era> eras)
{
    private readonly Spellings organizations = new(), positions = new(), places = new();
    private readonly Dictionary<SignatureLevel, int> levels = [];
    private readonly SortedDictionary<DateTimeOffset, int> hours = [];
    private readonly EraReach[] reaches = [.. eras.Select(e => e.ReachAmong(eras))];
    private readonly long[] lastOfEra = [.. Enumerable.Repeat(-1L, eras.Count)];
    private readonly int[] ofEra = new int[eras.Count];
    // Lines are numbered as they come, since one that came may go.
    private (long LeafIndex, int By) current = (-1, 0);
    private long line, lineWithYears = -1;
    private int withYears;

    /// <summary>How many lines are counted.</summary>
    public int Shown { get; private set; }

    /// <param name="row">One office of a line, or the line alone where it has none.</param>
    /// <param name="by">1, or -1 for a line that went.</param>
    public void Add(FacetRow row, int by = 1)
    {
        if ((row.LeafIndex, by) != current)
        {
            (current, line, Shown) = ((row.LeafIndex, by), line + 1, Shown + by);
            levels[row.Level] = levels.GetValueOrDefault(row.Level) + by;
            places.Add(row.FoldedLocation, row.Location, line, by);
            if (row.Since is { } since)
            {
                var hour = since.AddTicks(-(since.UtcTicks % TimeSpan.TicksPerHour));
                hours[hour] = hours.GetValueOrDefault(hour) + by;
            }
        }
        organizations.Add(row.FoldedOrganization, row.Organization, line, by);
        positions.Add(row.FoldedPosition, row.Position, line, by);
        if (row.FromYear is not null && lineWithYears != line)
            (lineWithYears, withYears) = (line, withYears + by);
        for (var i = 0; i < reaches.Length; i++)
            if (lastOfEra[i] != line && reaches[i].Holds(row.FromYear, row.ToYear))
                (lastOfEra[i], ofEra[i]) = (line, ofEra[i] + by);
    }

    public ListFacets Sum() => new()
    {
        Shown = Shown,
        WithYears = withYears,
        Organizations = organizations.Values(),
        Positions = positions.Values(),
        Places = places.Values(),
        Levels = levels.Where(l => l.Value > 0).ToDictionary(),
        Eras = [.. eras.Select((e, i) => new EraCount(e, ofEra[i]))],
        Hours = [.. hours.Where(h => h.Value > 0).Select(h => new HourCount(h.Key, h.Value))],
    };

    private sealed class Spellings
    {
        private readonly Dictionary<string, (int Count, long Last, Dictionary<string, int> Labels)> byKey = [];

        public void Add(string? key, string? label, long line, int by)
        {
            if (string.IsNullOrEmpty(key))
                return;
            var (count, last, labels) = byKey.GetValueOrDefault(key, (0, -1, []));
            labels[label!] = labels.GetValueOrDefault(label!) + by;
            byKey[key] = (last == line ? count : count + by, line, labels);
        }

        public IReadOnlyList<FacetValue> Values() => [.. byKey.Where(v => v.Value.Count > 0)
            .Select(v => new FacetValue(v.Key, v.Value.Labels.OrderByDescending(l => l.Value).ThenBy(l => l.Key, StringComparer.Ordinal).First().Key, v.Value.Count))
            .OrderByDescending(v => v.Count).ThenBy(v => v.Key, StringComparer.Ordinal)];
    }
}

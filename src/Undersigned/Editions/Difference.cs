using Microsoft.EntityFrameworkCore;
using Undersigned.Data;
using Undersigned.Log.Letters;
using Undersigned.Model;

namespace Undersigned.Editions;

/// <summary>Another wording of somebody who stood at both sizes.</summary>
public sealed record Correction(int Number, ShownLine From, ShownLine To);

/// <summary>
/// What is different between the list at two published sizes, by number: read from the entries between them, which never go, so that it is
/// the same for ever. Wordings come from the list's own rows and go with them.
/// </summary>
public sealed record Difference(IReadOnlyList<int> Added, IReadOnlyList<int> Withdrawn, IReadOnlyList<int> Removed, IReadOnlyList<Correction> Corrected)
{
    public bool IsNone => Added.Count + Withdrawn.Count + Removed.Count + Corrected.Count == 0;

    public static async Task<Difference> ReadAsync(UndersignedDb db, long letterId, long from, long to, CancellationToken cancellation)
    {
        var people = new SortedDictionary<int, Person>();
        var entries = db.Entries.AsNoTracking().Where(e => e.LetterId == letterId && e.LeafIndex >= from && e.LeafIndex < to).OrderBy(e => e.LeafIndex).Select(e => e.Bytes);
        await foreach (var bytes in entries.AsAsyncEnumerable().WithCancellation(cancellation))
        {
            var entry = Entry.Parse(bytes);
            if (entry.Signatory is { } signatory)
                people[(int)signatory] = (people.GetValueOrDefault((int)signatory) ?? Person.Before(entry.Type)).After(entry.Type);
        }
        var amended = people.Where(p => p.Value is { Stood: true, Stands: true, IsAmended: true }).Select(p => p.Key).ToList();
        return new Difference(
            [.. people.Where(p => p.Value is { Stood: false, Stands: true }).Select(p => p.Key)],
            [.. people.Where(p => p.Value is { Stood: true, Stands: false, IsWithdrawn: true }).Select(p => p.Key)],
            [.. people.Where(p => p.Value is { Stood: true, Stands: false, IsWithdrawn: false }).Select(p => p.Key)],
            await CorrectedAsync(db, letterId, amended, from, to, cancellation));
    }

    // An amendment that changes only how somebody was checked is no correction.
    private static async Task<IReadOnlyList<Correction>> CorrectedAsync(UndersignedDb db, long letterId, List<int> amended, long from, long to, CancellationToken cancellation)
    {
        if (amended.Count == 0)
            return [];
        var (before, after) = (await RecordsAsync(db, letterId, amended, from, cancellation), await RecordsAsync(db, letterId, amended, to, cancellation));
        return [.. amended.Where(n => before.ContainsKey(n) && after.ContainsKey(n) && before[n] != after[n])
            .Select(n => new Correction(n, ShownLine.FromRecord(before[n]), ShownLine.FromRecord(after[n])))];
    }

    private static Task<Dictionary<int, string>> RecordsAsync(UndersignedDb db, long letterId, List<int> numbers, long size, CancellationToken cancellation) =>
        db.Lines.Where(l => l.LetterId == letterId && numbers.Contains(l.Number) && l.LeafIndex < size && (l.EndIndex == null || l.EndIndex >= size))
            .ToDictionaryAsync(l => l.Number, l => l.Record, cancellation);

    /// <summary>A signatory before the first entry of the span that is about them, and after the last.</summary>
    private sealed record Person(bool Stood, bool Stands, bool IsWithdrawn, bool IsAmended)
    {
        public static Person Before(EntryType first) => first is EntryType.Sign or EntryType.Reinstate ? new(false, false, false, false) : new(true, true, false, false);

        public Person After(EntryType entry) => entry switch
        {
            EntryType.Sign or EntryType.Reinstate => this with { Stands = true },
            EntryType.Withdraw => this with { Stands = false, IsWithdrawn = true },
            EntryType.Remove => this with { Stands = false },
            EntryType.Amend => this with { IsAmended = true },
            _ => this,
        };
    }
}

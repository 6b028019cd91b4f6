using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Undersigned.Data;
using Undersigned.Model;
using Undersigned.Shared;

namespace Undersigned.SignatoryList;

// The comparisons are the database's, where sort names are compared byte by byte; an ordinal overload has no translation.
#pragma warning disable CA1309

/// <summary>The list at one tree size, whole or narrowed, by family name or by number as the letter says, in pages that begin after a signatory or at a letter of the alphabet.</summary>
public sealed class ListQuery(UndersignedDb db, IStringLocalizer<SharedTexts> shared, IStringLocalizer<SignatoryListTexts> texts)
{
    private const int AtOnce = 1_000;

    public RollWords Words => new(texts["signature"], texts["wrong"], texts["report"], Enum.GetValues<SignatureLevel>().ToDictionary(l => l, l => shared["level-" + LevelModel.Code(l)].Value));

    /// <summary>Whom the organiser puts first; else the lowest numbers, where the list does not begin with them anyway.</summary>
    public async Task<List<RollLine>> FirstAsync(AskedList list, int count, CancellationToken cancellation)
    {
        if (await db.PutFirstAsync(list.Letter, cancellation) is { Count: > 0 } first)
            return [.. first.Select(l => new RollLine(l.Number, l.Level, l.Record, l.SortName, l.Since))];
        return list.IsByTime ? [] : await ToRoll(Of(list).OrderBy(l => l.Number).Take(count), cancellation);
    }

    public Task<int> CountAsync(AskedList list, CancellationToken cancellation) => Of(list).CountAsync(cancellation);

    /// <summary>From the beginning, or from <paramref name="from"/> (the beginning of a folded family name).</summary>
    public Task<List<RollLine>> PageAsync(AskedList list, string from, int count, CancellationToken cancellation) =>
        ToRoll(InOrder(list, list.IsByTime ? Of(list) : Of(list).Where(l => string.Compare(l.SortName, from) >= 0)).Take(count), cancellation);

    /// <summary>What follows the signatory of this number, who may have left the list meanwhile; null where nobody had it.</summary>
    public async Task<List<RollLine>?> PageAfterAsync(AskedList list, int number, int count, CancellationToken cancellation)
    {
        if (list.IsByTime)
            return number < 1 || number > list.Letter.Counts.Signed ? null : await ToRoll(InOrder(list, After(list, "", number)).Take(count), cancellation);
        var (id, size) = (list.Letter.Letter.Id, list.Letter.Size);
        // A number has few lines. Asked for their index too, SQLite walks the whole list by it.
        var known = await db.Lines.Where(l => l.LetterId == id && l.Number == number).Select(l => new { l.LeafIndex, l.SortName }).ToListAsync(cancellation);
        var after = known.Where(l => l.LeafIndex < size).MaxBy(l => l.LeafIndex)?.SortName;
        return after is null ? null : await ToRoll(InOrder(list, After(list, after, number)).Take(count), cancellation);
    }

    /// <summary>The whole list, read some at a time, so that a slow reader of a long list costs neither memory nor an open question to the database.</summary>
    public async IAsyncEnumerable<RollLine> EachAsync(AskedList list, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var lines = Of(list);
        while (true)
        {
            var some = await ToRoll(InOrder(list, lines).Take(AtOnce), cancellation);
            foreach (var line in some)
                yield return line;
            if (some.Count < AtOnce)
                yield break;
            lines = After(list, some[^1].SortName, some[^1].Number);
        }
    }

    public Task<List<RollLine>> AllAsync(AskedList list, CancellationToken cancellation) => ToRoll(InOrder(list, Of(list)), cancellation);

    private IQueryable<Line> Of(AskedList list) => list.Filter.Apply(db.Lines.StandingAt(list.Letter), db, list.Letter.Letter.Eras);

    // Said so, the index on (letter, sort name, number) is entered at the right place; by time, the one on (letter, number).
    private IQueryable<Line> After(AskedList list, string name, int number) => list.IsByTime
        ? Of(list).Where(l => l.Number > number)
        : Of(list).Where(l => string.Compare(l.SortName, name) >= 0 && (string.Compare(l.SortName, name) > 0 || l.Number > number));

    private static IQueryable<Line> InOrder(AskedList list, IQueryable<Line> lines) =>
        list.IsByTime ? lines.OrderBy(l => l.Number) : lines.OrderBy(l => l.SortName).ThenBy(l => l.Number);

    private static Task<List<RollLine>> ToRoll(IQueryable<Line> lines, CancellationToken cancellation) =>
        lines.AsNoTracking().Select(l => new RollLine(l.Number, l.Level, l.Record, l.SortName, l.Since)).ToListAsync(cancellation);
}

using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Undersigned.Data;
using Undersigned.Model;
using Undersigned.Shared;

namespace Undersigned.SignatoryList;

// The comparisons are the database's, where sort names are compared byte by byte; an ordinal overload has no translation.
#pragma warning disable CA1309

/// <summary>The list at one tree size, whole or narrowed, by family name, in pages that begin after a signatory or at a letter of the alphabet.</summary>
public sealed class ListQuery(UndersignedDb db, IStringLocalizer<SharedTexts> shared, IStringLocalizer<SignatoryListTexts> texts)
{
    private const int AtOnce = 1_000;

    public RollWords Words => new(texts["signature"], texts["wrong"], texts["report"], Enum.GetValues<SignatureLevel>().ToDictionary(l => l, l => shared["level-" + LevelModel.Code(l)].Value));

    /// <summary>The first signatories, by number.</summary>
    public Task<List<RollLine>> FirstAsync(AskedList list, int count, CancellationToken cancellation) =>
        ToRoll(Of(list).OrderBy(l => l.Number).Take(count), cancellation);

    public Task<int> CountAsync(AskedList list, CancellationToken cancellation) => Of(list).CountAsync(cancellation);

    /// <summary>From the beginning, or from <paramref name="from"/> (the beginning of a folded family name).</summary>
    public Task<List<RollLine>> PageAsync(AskedList list, string from, int count, CancellationToken cancellation) =>
        ToRoll(InOrder(Of(list).Where(l => string.Compare(l.SortName, from) >= 0)).Take(count), cancellation);

    /// <summary>What follows the signatory of this number, who may have left the list meanwhile; null where nobody had it.</summary>
    public async Task<List<RollLine>?> PageAfterAsync(AskedList list, int number, int count, CancellationToken cancellation)
    {
        var (id, size) = (list.Letter.Letter.Id, list.Letter.Size);
        // A number has few lines. Asked for their index too, SQLite walks the whole list by it.
        var known = await db.Lines.Where(l => l.LetterId == id && l.Number == number).Select(l => new { l.LeafIndex, l.SortName }).ToListAsync(cancellation);
        var after = known.Where(l => l.LeafIndex < size).MaxBy(l => l.LeafIndex)?.SortName;
        if (after is null)
            return null;
        // Said so, the index on (letter, sort name, number) is entered at the right place.
        return await ToRoll(InOrder(Of(list)
            .Where(l => string.Compare(l.SortName, after) >= 0 && (string.Compare(l.SortName, after) > 0 || l.Number > number))).Take(count), cancellation);
    }

    /// <summary>The whole list, read some at a time, so that a slow reader of a long list costs neither memory nor an open question to the database.</summary>
    public async IAsyncEnumerable<RollLine> EachAsync(AskedList list, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var lines = Of(list);
        while (true)
        {
            var some = await ToRoll(InOrder(lines).Take(AtOnce), cancellation);
            foreach (var line in some)
                yield return line;
            if (some.Count < AtOnce)
                yield break;
            var (after, number) = (some[^1].SortName, some[^1].Number);
            lines = Of(list).Where(l => string.Compare(l.SortName, after) >= 0 && (string.Compare(l.SortName, after) > 0 || l.Number > number));
        }
    }

    public Task<List<RollLine>> AllAsync(AskedList list, CancellationToken cancellation) => ToRoll(InOrder(Of(list)), cancellation);

    private IQueryable<Line> Of(AskedList list) => list.Filter.Apply(db.Lines.StandingAt(list.Letter), db, list.Letter.Letter.Eras);

    private static IQueryable<Line> InOrder(IQueryable<Line> lines) => lines.OrderBy(l => l.SortName).ThenBy(l => l.Number);

    private static Task<List<RollLine>> ToRoll(IQueryable<Line> lines, CancellationToken cancellation) =>
        lines.AsNoTracking().Select(l => new RollLine(l.Number, l.Level, l.Record, l.SortName, l.Since)).ToListAsync(cancellation);
}

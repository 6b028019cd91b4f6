using Microsoft.EntityFrameworkCore;
using Undersigned.Linkage;
using Undersigned.Model;

namespace Undersigned.Data;

/// <summary>
/// A letter's prominent names and the titles of office, asked about one line after the other. Skeletons of look-alike letters,
/// transliteration, and how rare a name is are the library's (<see cref="WatchList"/>).
/// </summary>
public sealed class Watching
{
    private const int LongestTitle = 80;

    private readonly IReadOnlyDictionary<string, WatchName> names;
    private readonly WatchList list;

    private Watching(IReadOnlyList<WatchName> rows, bool withTitles)
    {
        names = rows.Where(n => !n.IsTitle).ToDictionary(n => Key(n.Id));
        list = new WatchList(
            names.Values.Select(n => new WatchEntry(Key(n.Id), n.Name) { Aliases = n.Aliases, Context = n.Context, Offices = n.Context.Length > 0 ? [n.Context] : [] }),
            withTitles, rows.Where(n => n.IsTitle).SelectMany(n => n.Aliases.Prepend(n.Name)));
    }

    public static async Task<Watching> OfAsync(UndersignedDb db, Letter letter, CancellationToken cancellation) => new(
        await db.WatchNames.AsNoTracking().Where(w => w.LetterId == letter.Id).OrderBy(w => w.Id).ToListAsync(cancellation), letter.Admission.ShippedTitles);

    /// <summary>Null where the line is of nobody on the list.</summary>
    public WatchHit? Check(Signature signature)
    {
        if (list.Check(signature.ToSignatory()) is not { } found)
            return null;
        if (found.Entry is not { } entry)
            return new WatchHit(Hold: true, null, found.Title is { Length: > LongestTitle } title ? title[..LongestTitle] : found.Title);
        var row = names[entry.Key];
        // The organiser named this very name: also where many bear it, two people decide.
        var isTheName = row.Aliases.Prepend(row.Name).Any(n => NameFolding.Fold(n) == NameFolding.Fold(signature.Name));
        return new WatchHit(found.Verdict == WatchVerdict.Hold || isTheName, row.Id, null);
    }

    private static string Key(long id) => id.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
